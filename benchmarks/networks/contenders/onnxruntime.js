// @ts-check
// onnxruntime, as a user has it: the network written as it was trained, optimised by onnxruntime itself.
import { inputsOf } from '@atrous/core';
import { writeOnnx } from '@atrous/runtime-onnx/write';

/** @type {import('../contender.js').Load} */
export async function load({ graph, weights }, { engine, threads }) {
  /** @type {typeof import('onnxruntime-node')} */
  const { InferenceSession, Tensor, env } = await import(engine === 'web' ? 'onnxruntime-web' : 'onnxruntime-node');
  env.wasm.numThreads = threads;
  const session = await InferenceSession.create(writeOnnx(graph, weights), {
    executionProviders: [engine === 'web' ? 'wasm' : engine],
    intraOpNumThreads: threads,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const [input] = inputsOf(graph);
  return async ({ data, shape }) => {
    const image = new Tensor('float32', data, [...shape]);
    const { labels } = await session.run({ [input?.name ?? '']: image });
    return /** @type {Float32Array} */ (labels?.data);
  };
}
