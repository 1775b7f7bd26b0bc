// @ts-check
// onnxruntime, as a user has it: the network written as it was trained and with its channels first, optimised by onnxruntime itself.
import { inputsOf } from '@atrous/core';
import { writeOnnx } from '@atrous/runtime-onnx/write';

/** @param {import('@atrous/core').Tensor} image @returns {[Float32Array, number[]]} its data with channels first, and that shape */
function channelsFirst({ data, shape: [n = 1, h = 1, w = 1, c = 1] }) {
  const pixels = h * w;
  const result = new Float32Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = data[(i % pixels) * c + Math.floor(i / pixels)] ?? NaN;
  return [result, [n, c, h, w]];
}

/**
 * @param {typeof import('onnxruntime-web')} engine
 * @param {'cpu' | 'wasm' | 'webgpu'} provider
 * @returns {import('./serve.js').Load}
 */
export const onnxruntime =
  ({ InferenceSession, Tensor, env }, provider) =>
  async ({ graph, weights, image }, { threads }) => {
    env.wasm.numThreads = threads;
    const [data, shape] = channelsFirst(image);
    const model = writeOnnx(graph, weights, { layout: 'nchw' });
    const since = performance.now();
    const session = await InferenceSession.create(model, {
      executionProviders: [provider],
      intraOpNumThreads: threads,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
    const input = inputsOf(graph)[0]?.name ?? '';
    const [output = ''] = Object.keys(graph.outputs);
    return {
      ...{ since, channelsFirst: true },
      async run() {
        const outputs = await session.run({ [input]: new Tensor('float32', data, shape) });
        return /** @type {Float32Array} */ (await outputs[output]?.getData());
      },
    };
  };
