// @ts-check
// Who is timed.

/** @typedef {{ readonly name: string, readonly module: string, readonly engine: string, readonly threads: number }} Contender */

/** Those that can have several threads. */
const THREADED = [
  { title: 'Atrous simd', module: 'atrous', engine: 'simd' },
  { title: 'Atrous onnx', module: 'atrous', engine: 'onnx' },
  { title: 'onnxruntime-web wasm', module: 'onnxruntime', engine: 'web' },
  { title: 'onnxruntime-node', module: 'onnxruntime', engine: 'cpu' },
];

/** The runtimes of Atrous, and what others offer for the same network. @param {readonly number[]} threads @returns {Contender[]} */
export const contendersWith = (threads) => [
  ...THREADED.flatMap(({ title, ...engine }) =>
    threads.map((count) => ({ name: `${title}, ${count} thread${count === 1 ? '' : 's'}`, ...engine, threads: count })),
  ),
  { name: 'Atrous tfjs-wasm', module: 'atrous', engine: 'tfjs-wasm', threads: 1 },
  { name: 'TensorFlow.js wasm', module: 'stock-tfjs', engine: 'wasm', threads: 1 },
];
