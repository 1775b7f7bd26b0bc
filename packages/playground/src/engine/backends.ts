import type { Runtime } from '@atrous/core';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { wasmFiles } from './wasm-files.ts';

/** A backend as the page offers it. WebGPU and WebGL in software are for tests: they are slower than WASM. */
export type BackendId = 'auto' | 'webgpu' | 'webgpu-software' | 'simd' | 'webgl' | 'webgl-software' | 'wasm' | 'cpu';

type Loaders<Kind> = Readonly<Record<BackendId, () => Promise<Kind>>>;

const tfjsWebgpu = async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu();
const webgl = async () => (await import('@atrous/runtime-tfjs/webgl')).webgl();
const softwareWebgl = async () => (await import('@atrous/runtime-tfjs/webgl')).webgl({ software: true });
const wasm = async () => (await import('@atrous/runtime-tfjs/wasm')).wasm({ files: wasmFiles });
const cpu = async () => (await import('@atrous/runtime-tfjs/cpu')).cpu();

/** What runs networks. The code of each backend is fetched when it is first asked for. */
export const runtimeLoaders: Loaders<Runtime> = {
  auto: async () => (await import('@atrous/runtime-auto')).auto(),
  webgpu: async () => (await import('@atrous/runtime-webgpu')).webgpu(),
  'webgpu-software': async () => (await import('@atrous/runtime-webgpu')).webgpu({ software: true }),
  simd: async () => (await import('@atrous/runtime-wasm')).simd(),
  webgl,
  'webgl-software': softwareWebgl,
  wasm,
  cpu,
};

/** What trains them: TensorFlow.js, on the same kind of device. */
export const trainerLoaders: Loaders<TfjsRuntime> = {
  auto: async () => {
    const onGpu = (await (await import('@atrous/runtime-webgpu')).webgpu().available()).available;
    return onGpu ? tfjsWebgpu() : wasm();
  },
  webgpu: tfjsWebgpu,
  'webgpu-software': tfjsWebgpu,
  simd: wasm,
  webgl,
  'webgl-software': softwareWebgl,
  wasm,
  cpu,
};
