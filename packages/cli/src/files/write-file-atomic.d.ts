declare module 'write-file-atomic' {
  /** Writes beside the target, then renames; a failure leaves the target as it was. */
  export default function writeFileAtomic(
    path: string,
    data: Uint8Array | string,
    options?: { readonly fsync?: boolean },
  ): Promise<void>;
}
