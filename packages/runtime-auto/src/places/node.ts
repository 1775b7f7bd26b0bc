import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { cpus, homedir } from 'node:os';
import { join } from 'node:path';
import type { ChoiceStore } from '../choice-store.ts';
import { lazyRuntime } from '../lazy-runtime.ts';
import type { Place } from './place.ts';

/** Where programs keep what they can make again. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const root = XDG_CACHE_HOME || LOCALAPPDATA || join(homedir(), '.cache');
  return join(root, 'atrous', 'runtimes');
}

const files: ChoiceStore = {
  get: (key) => readFile(join(cacheFolder(), `${key}.json`), 'utf8').catch(() => undefined),
  async set(key, text) {
    const path = join(cacheFolder(), `${key}.json`);
    await mkdir(cacheFolder(), { recursive: true });
    // written beside it first: another process may be reading
    await writeFile(`${path}.${process.pid}`, text);
    await rename(`${path}.${process.pid}`, path);
  },
};

const simd = lazyRuntime({
  name: 'simd',
  description: "Atrous' own engine on WebAssembly SIMD",
  load: async () => (await import('@atrous/runtime-wasm')).simd(),
});
const onnx = lazyRuntime({
  name: 'onnx',
  description: "onnxruntime's native library",
  load: async () => (await import('@atrous/runtime-onnx/node')).onnx(),
});
const webgpu = lazyRuntime({
  name: 'webgpu',
  description: "Atrous' own engine on the GPU through WebGPU",
  load: async () => (await import('@atrous/runtime-webgpu')).webgpu(),
});

/** Programs in Node. */
export const here: Place = {
  candidates: () => [simd, onnx, webgpu],
  device: () => [process.version, process.platform, process.arch, cpus().length, cpus()[0]?.model].join(),
  store: () => files,
};
