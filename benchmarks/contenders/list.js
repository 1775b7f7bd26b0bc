// @ts-check
// Who is timed.

/** @typedef {'node' | 'browser'} Where */
/** @typedef {{ readonly name: string, readonly engine: string, readonly threads: number }} Contender */
/**
 * @typedef {object} Engine
 * @property {string} title
 * @property {string} engine as the tables of `process/engines.js` and `browser/engines.js` call it
 * @property {Where} [only] where it is, if not everywhere
 * @property {true} [isThreaded] whether it can have several threads
 * @property {true} [onGpu]
 */

/** @type {readonly Engine[]} */
const NETWORK_ENGINES = [
  { title: 'Atrous simd', engine: 'simd', isThreaded: true },
  { title: 'Atrous onnx', engine: 'onnx', isThreaded: true, only: 'node' },
  { title: 'Atrous onnx-web', engine: 'onnx-web', isThreaded: true, only: 'browser' },
  { title: 'onnxruntime-web wasm', engine: 'onnxruntime-web', isThreaded: true },
  { title: 'onnxruntime-node', engine: 'onnxruntime-node', isThreaded: true, only: 'node' },
  { title: 'Atrous tfjs-wasm', engine: 'tfjs-wasm' },
  { title: 'TensorFlow.js wasm', engine: 'stock-wasm' },
  { title: 'TensorFlow.js node', engine: 'stock-node', only: 'node' },
  { title: 'Atrous webgpu', engine: 'webgpu', onGpu: true },
  { title: 'Atrous webgpu, float32', engine: 'webgpu-float32', onGpu: true },
  { title: 'Atrous onnx WebGPU', engine: 'onnx-webgpu', onGpu: true, only: 'node' },
  { title: 'Atrous onnx-web WebGPU', engine: 'onnx-web-webgpu', onGpu: true, only: 'browser' },
  { title: 'Atrous tfjs-webgpu', engine: 'tfjs-webgpu', onGpu: true },
  { title: 'Atrous tfjs-webgl', engine: 'tfjs-webgl', onGpu: true, only: 'browser' },
  { title: 'onnxruntime-web WebGPU', engine: 'onnxruntime-web-webgpu', onGpu: true, only: 'browser' },
  { title: 'onnxruntime-node WebGPU', engine: 'onnxruntime-node-webgpu', onGpu: true, only: 'node' },
  { title: 'TensorFlow.js WebGPU', engine: 'stock-webgpu', onGpu: true },
  { title: 'TensorFlow.js WebGL', engine: 'stock-webgl', onGpu: true, only: 'browser' },
];

/** @type {readonly Engine[]} */
const CRF_ENGINES = [
  { title: 'Atrous lattice', engine: 'lattice', isThreaded: true },
  { title: 'pydensecrf, C++', engine: 'pydensecrf', only: 'node' },
];

/** Without a GPU, or with one in software that was not asked for. */
const NO_GPU = 'there is no GPU here but in software, which takes minutes; --software-gpu has it timed';

/**
 * The runtimes of Atrous, and what others offer for the same network.
 *
 * @param {import('../problems/index.js').What} what
 * @param {object} options
 * @param {Where} options.where
 * @param {readonly number[]} options.threads of those that can have several
 * @param {boolean} options.hasGpu
 * @returns {{ contenders: readonly Contender[], missing: readonly { readonly name: string, readonly reason: string }[] }}
 */
export function contendersOf(what, { where, threads, hasGpu }) {
  const here = (what === 'crf' ? CRF_ENGINES : NETWORK_ENGINES).filter(({ only = where }) => only === where);
  return {
    contenders: here
      .filter(({ onGpu = false }) => hasGpu || !onGpu)
      .flatMap(({ title, engine, isThreaded = false }) =>
        isThreaded
          ? threads.map((count) => ({
              ...{ name: `${title}, ${count} thread${count === 1 ? '' : 's'}`, engine, threads: count },
            }))
          : [{ name: title, engine, threads: 1 }],
      ),
    missing: here.filter(({ onGpu = false }) => onGpu && !hasGpu).map(({ title }) => ({ name: title, reason: NO_GPU })),
  };
}
