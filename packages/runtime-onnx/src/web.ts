import type { Runtime } from '@atrous/core';
import { simd } from '@atrous/runtime-wasm';
import { createOnnxRuntime } from './create-onnx-runtime.ts';
import { loadEngine } from './load-engine.ts';

/** Options of {@link onnxWeb}. */
export interface OnnxWebOptions {
  /** `wasm`, or the GPU through WebGPU, in browsers that have it. Default `wasm`. */
  readonly provider?: 'wasm' | 'webgpu' | undefined;
  /** Threads, where the page is cross-origin isolated. Default: what onnxruntime-web takes. Only the first runtime in a page decides. */
  readonly threads?: number | undefined;
  /** Folder of the `.wasm` and `.mjs` files of onnxruntime-web, for pages that serve them from elsewhere. Only the first runtime in a page decides. */
  readonly wasmPaths?: string | undefined;
}

/** Runs graphs on onnxruntime's WebAssembly build, in browsers and in Node. Needs `onnxruntime-web` to be installed. */
export function onnxWeb({ provider = 'wasm', threads, wasmPaths }: OnnxWebOptions = {}): Runtime {
  let version = '';
  return createOnnxRuntime({
    name: provider === 'wasm' ? 'onnx-web' : `onnx-web-${provider}`,
    description: `onnxruntime on ${provider === 'wasm' ? 'WebAssembly' : 'the GPU through WebGPU'}`,
    session: { executionProviders: [provider], logSeverityLevel: 3 },
    ...(provider === 'wasm' && { tail: simd({ threads: 1 }) }),
    async load() {
      const engine = await loadEngine('onnxruntime-web', () => import('onnxruntime-web'));
      if (threads !== undefined) engine.env.wasm.numThreads = threads;
      if (wasmPaths !== undefined) engine.env.wasm.wasmPaths = wasmPaths;
      version = engine.env.versions.web ?? engine.env.versions.common;
      return engine;
    },
    describe: () => `onnxruntime-web ${version}, ${provider}${threads === undefined ? '' : `, threads: ${threads}`}`,
  });
}
