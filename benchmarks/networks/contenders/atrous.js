// @ts-check
// Runtimes of Atrous.
import { onnx } from '@atrous/runtime-onnx/node';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { simd } from '@atrous/runtime-wasm';

/** @type {Readonly<Record<string, (threads: number) => import('@atrous/core').Runtime>>} */
const RUNTIMES = {
  simd: (threads) => simd({ threads }),
  onnx: (threads) => onnx({ threads }),
  'tfjs-wasm': () => wasm(),
};

/** @type {import('../contender.js').Load} */
export async function load({ graph, weights }, { engine, threads }) {
  const runtime = RUNTIMES[engine]?.(threads);
  if (runtime === undefined) throw new Error(`there is no runtime "${engine}"`);
  const available = await runtime.available();
  if (!available.available) throw new Error(available.reason);
  const executable = await runtime.compile(graph, weights);
  return async (image) => (await executable.run(image)).labels?.data ?? new Float32Array();
}
