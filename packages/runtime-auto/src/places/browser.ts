import type { ChoiceStore } from '../choice-store.ts';
import { lazyRuntime } from '../lazy-runtime.ts';
import type { Place } from './place.ts';

const CACHE = 'atrous-runtimes';

/** Never asked for: names of entries must be addresses. */
const addressOf = (key: string): string => `https://atrous.invalid/${key}`;

const cacheStorage: ChoiceStore = {
  get: async (key) => (await (await caches.open(CACHE)).match(addressOf(key)))?.text(),
  set: async (key, text) => (await caches.open(CACHE)).put(addressOf(key), new Response(text)),
};

const simd = lazyRuntime({
  name: 'simd',
  description: "Atrous' own engine on WebAssembly SIMD",
  load: async () => (await import('@atrous/runtime-wasm')).simd(),
});
const webgpu = lazyRuntime({
  name: 'webgpu',
  description: "Atrous' own engine on the GPU through WebGPU",
  load: async () => (await import('@atrous/runtime-webgpu')).webgpu(),
});
const webgl = lazyRuntime({
  name: 'webgl',
  description: 'TensorFlow.js on the GPU through WebGL',
  load: async () => (await import('@atrous/runtime-tfjs/webgl')).webgl(),
});

const hasWebGpu = (): boolean => 'gpu' in navigator;

/** Pages and their workers. */
export const here: Place = {
  candidates: () => [simd, hasWebGpu() ? webgpu : webgl],
  device: () =>
    [navigator.userAgent, navigator.hardwareConcurrency, globalThis.crossOriginIsolated, hasWebGpu()].join(),
  // only secure pages have both
  store: () => (globalThis.isSecureContext && 'caches' in globalThis ? cacheStorage : null),
};
