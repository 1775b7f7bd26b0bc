import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { wasmFiles } from './wasm-files.ts';

/** A backend as the page offers it. WebGL in software is for tests: it is slower than WASM. */
export type BackendId = 'webgpu' | 'webgl' | 'webgl-software' | 'wasm' | 'cpu';

/** Makes a runtime. The code of each backend is fetched when it is first asked for. */
export const loadRuntime: Readonly<Record<BackendId, () => Promise<TfjsRuntime>>> = {
  webgpu: async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu(),
  webgl: async () => (await import('@atrous/runtime-tfjs/webgl')).webgl(),
  'webgl-software': async () => (await import('@atrous/runtime-tfjs/webgl')).webgl({ software: true }),
  wasm: async () => (await import('@atrous/runtime-tfjs/wasm')).wasm({ files: wasmFiles }),
  cpu: async () => (await import('@atrous/runtime-tfjs/cpu')).cpu(),
};
