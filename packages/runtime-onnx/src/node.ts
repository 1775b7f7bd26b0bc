import type { Runtime } from '@atrous/core';
import { simd } from '@atrous/runtime-wasm';
import type * as OnnxRuntimeNode from 'onnxruntime-node';
import { createOnnxRuntime } from './create-onnx-runtime.ts';
import { loadEngine } from './load-engine.ts';

/** Not written where it is imported: bundlers cannot take native libraries in. */
const PACKAGE = 'onnxruntime-node';

const load = () => import(/* @vite-ignore */ /* webpackIgnore: true */ PACKAGE) as Promise<typeof OnnxRuntimeNode>;

/** Options of {@link onnx}. */
export interface OnnxOptions {
  /** `cpu`, or the GPU through the WebGPU that onnxruntime-node brings along. Default `cpu`. */
  readonly provider?: 'cpu' | 'webgpu' | undefined;
  /** Threads that one op is spread over. Default: one per core. */
  readonly threads?: number | undefined;
}

/**
 * Runs graphs on onnxruntime's native library, in Node. Needs `onnxruntime-node` to be installed.
 *
 * The library runs on the calling thread: timers and aborts have their turn between runs.
 */
export function onnx({ provider = 'cpu', threads }: OnnxOptions = {}): Runtime {
  let version = '';
  return createOnnxRuntime({
    name: provider === 'cpu' ? 'onnx' : `onnx-${provider}`,
    description: `onnxruntime's native library in Node, ${provider === 'cpu' ? 'on the CPU' : 'on the GPU through WebGPU'}`,
    session: {
      executionProviders: [provider],
      ...(threads !== undefined && { intraOpNumThreads: threads }),
      logSeverityLevel: 3,
    },
    ...(provider === 'cpu' && { tail: simd({ threads: 1 }) }),
    async load() {
      const engine = await loadEngine(PACKAGE, load);
      version = engine.env.versions.node ?? engine.env.versions.common;
      return engine;
    },
    describe: () => `${PACKAGE} ${version}, ${provider}${threads === undefined ? '' : `, threads: ${threads}`}`,
  });
}
