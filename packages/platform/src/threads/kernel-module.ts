/** Kernels of WebAssembly, in one build for memory of one thread and one for memory that threads share. */
export interface KernelModule {
  /** Whether the instructions that they are made of are here. */
  isSupported(): boolean;
  /** One module serves any number of memories, all shared or none. */
  compile(isShared: boolean): Promise<WebAssembly.Module>;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

/** @param binary the build for one thread, base64. @param sharedBinary the one for several, where there are any. */
export const kernelModule = (binary: string, sharedBinary = binary): KernelModule => ({
  isSupported: () => typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytesOf(binary)),
  compile: (isShared) => WebAssembly.compile(bytesOf(isShared ? sharedBinary : binary)),
});
