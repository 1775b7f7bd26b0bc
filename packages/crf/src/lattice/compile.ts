import binary from '../../assembly/index.ts?assemblyscript';

const bytes = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));

/** Whether WebAssembly and its SIMD instructions are here. */
export const hasSimd = (): boolean => typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes());

/** Compiles the kernels. One module serves any number of memories. */
export const compileKernels = (): Promise<WebAssembly.Module> => WebAssembly.compile(bytes());
