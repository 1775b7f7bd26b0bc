import { BackendError, type Plugin, type Runtime } from '@atrous/core';
import { lazyRuntime } from '@atrous/runtime-auto';
import { unknownName } from './errors.ts';

/** What this command runs networks on. The code of each is loaded when it is asked for. */
const BUILT_IN: readonly Runtime[] = [
  lazyRuntime({
    name: 'wasm',
    description: 'TensorFlow.js on WebAssembly',
    load: async () => (await import('@atrous/runtime-tfjs/wasm')).wasm(),
  }),
  lazyRuntime({
    name: 'simd',
    description: "Atrous' own engine on WebAssembly SIMD, in several threads",
    load: async () => (await import('@atrous/runtime-wasm')).simd(),
  }),
  lazyRuntime({
    name: 'webgpu',
    description: "Atrous' own engine on the GPU through WebGPU",
    // whoever names it wants it, also in software
    load: async () => (await import('@atrous/runtime-webgpu')).webgpu({ software: true }),
  }),
  lazyRuntime({
    name: 'tfjs-webgpu',
    description: 'TensorFlow.js on the GPU through WebGPU',
    load: async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu(),
  }),
  lazyRuntime({
    name: 'tensorflow',
    description: "TensorFlow's native library in Node",
    load: async () => (await import('@atrous/runtime-tfjs/node')).tensorflow(),
  }),
  lazyRuntime({
    name: 'onnx',
    description: "onnxruntime's native library in Node, on the CPU",
    load: async () => (await import('@atrous/runtime-onnx/node')).onnx(),
  }),
  lazyRuntime({
    name: 'onnx-webgpu',
    description: "onnxruntime's native library in Node, on the GPU through WebGPU",
    load: async () => (await import('@atrous/runtime-onnx/node')).onnx({ provider: 'webgpu' }),
  }),
  lazyRuntime({
    name: 'cpu',
    description: 'TensorFlow.js in plain JavaScript',
    load: async () => (await import('@atrous/runtime-tfjs/cpu')).cpu(),
  }),
  lazyRuntime({
    name: 'reference',
    description: 'Plain TypeScript in float64: the definition of every op',
    load: async () => (await import('@atrous/runtime-reference')).referenceRuntime(),
  }),
];

/** The built-in backends, then those that plugins bring. */
export const backendsWith = (plugins: readonly Plugin[]): readonly Runtime[] => [
  ...BUILT_IN,
  ...plugins.filter((plugin): plugin is Runtime => plugin.kind === 'runtime'),
];

/** @throws UsageError when no backend has that name. */
export function findBackend(name: string, plugins: readonly Plugin[]): Runtime {
  const backends = backendsWith(plugins);
  const found = backends.find((backend) => backend.name === name);
  if (found === undefined) throw unknownName('backend', name, ['auto', ...backends.map((known) => known.name)]);
  return found;
}

/**
 * The adapter, instruction set or version that a backend uses.
 *
 * @throws BackendError when it does not work here.
 */
export async function detailOf(backend: Runtime): Promise<string> {
  const availability = await backend.available();
  if (availability.available) return availability.detail;
  throw new BackendError(`backend "${backend.name}" does not work here: ${availability.reason}`, {
    code: 'BACKEND_UNAVAILABLE',
    hint: availability.hint,
  });
}
