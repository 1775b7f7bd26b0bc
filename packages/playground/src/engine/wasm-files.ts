import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import type { WasmOptions } from '@atrous/runtime-tfjs/wasm';

/** Addresses of the binaries of the WASM backend, published beside the page. */
export const wasmFiles: WasmOptions['files'] = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
};
