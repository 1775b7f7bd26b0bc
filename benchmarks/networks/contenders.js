// @ts-check
// Who is timed.

/** @typedef {{ readonly name: string, readonly module: string, readonly engine: string, readonly threads: number }} Contender */

/** The runtimes of Atrous, and what others offer for the same network. @param {readonly number[]} threads @returns {Contender[]} */
export const contendersWith = (threads) => [
  { name: 'Atrous tfjs-wasm', module: 'atrous', engine: 'tfjs-wasm', threads: 1 },
  { name: 'TensorFlow.js wasm', module: 'stock-tfjs', engine: 'wasm', threads: 1 },
];
