import { UnknownPluginError, type Runtime } from '@atrous/core';

/** Loaded only when asked for: each brings a backend with it. */
const RUNTIMES: Readonly<Record<string, () => Promise<Runtime>>> = {
  reference: async () => (await import('@atrous/runtime-reference')).referenceRuntime(),
  wasm: async () => (await import('@atrous/runtime-tfjs/wasm')).wasm(),
  simd: async () => (await import('@atrous/runtime-wasm')).simd(),
  cpu: async () => (await import('@atrous/runtime-tfjs/cpu')).cpu(),
  onnx: async () => (await import('@atrous/runtime-onnx/node')).onnx(),
  'onnx-web': async () => (await import('@atrous/runtime-onnx/web')).onnxWeb(),
  'onnx-webgpu': async () => (await import('@atrous/runtime-onnx/node')).onnx({ provider: 'webgpu' }),
  // there is seldom a graphics card where goldens run
  webgpu: async () => (await import('@atrous/runtime-webgpu')).webgpu({ software: true }),
  'tfjs-webgpu': async () => (await import('@atrous/runtime-tfjs/webgpu')).webgpu(),
};

/** Names that {@link loadRuntime} takes. */
export const runtimeNames: readonly string[] = Object.keys(RUNTIMES);

/** @throws UnknownPluginError that lists the known names. */
export async function loadRuntime(name: string): Promise<Runtime> {
  const load = RUNTIMES[name];
  if (load === undefined)
    throw new UnknownPluginError(`runtime "${name}" is not known`, { hint: `known: ${runtimeNames.join(', ')}` });
  return load();
}
