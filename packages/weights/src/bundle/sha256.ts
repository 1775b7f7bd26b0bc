import { UnsupportedError } from '@atrous/core';

/**
 * SHA-256 in lower-case hexadecimal.
 *
 * @throws UnsupportedError on pages that are not served securely, where browsers hide WebCrypto.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined)
    throw new UnsupportedError('this page cannot compute hashes: browsers allow it in secure contexts only', {
      code: 'NO_WEBCRYPTO',
      hint: 'serve the page over https or from localhost',
    });
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
