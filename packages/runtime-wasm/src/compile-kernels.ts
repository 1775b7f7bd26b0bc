import binary from '../assembly/index.ts?assemblyscript';
import sharedBinary from '../assembly/index.ts?assemblyscript-shared';

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const isValid = (base64: string): boolean =>
  typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytesOf(base64));

/** Whether WebAssembly and its SIMD instructions are here. */
export const hasSimd = (): boolean => isValid(binary);

/** Whether threads can share memory: browsers allow it where a page is isolated from other origins. */
export const hasThreads = (): boolean => {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  return typeof SharedArrayBuffer !== 'undefined' && crossOriginIsolated !== false && isValid(sharedBinary);
};

/** Compiles the kernels. One module serves any number of memories, all shared or none. */
export const compileKernels = (isShared: boolean): Promise<WebAssembly.Module> =>
  WebAssembly.compile(bytesOf(isShared ? sharedBinary : binary));
