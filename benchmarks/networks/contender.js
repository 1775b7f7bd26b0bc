// @ts-check
// One contender in a process of its own, which waits while others run.

/** @typedef {{ graph: import('@atrous/core').Graph, weights: import('@atrous/core').Weights }} Network */
/** @typedef {{ readonly engine: string, readonly threads: number }} Setting */
/**
 * Makes a network runnable, from an image to the labels of its pixels.
 * @callback Load
 * @param {Network} network
 * @param {Setting} setting
 * @returns {Promise<(image: import('@atrous/core').Tensor) => Promise<ArrayLike<number>>>}
 */
/** @typedef {Setting & { readonly module: string, readonly network: string, readonly size?: number }} Job */

import { problemOf } from './networks.js';

/** @param {Job} job */
async function begin({ module, network, size, ...setting }) {
  /** @type {{ load: Load }} */
  const { load } = await import(`./contenders/${module}.js`);
  const { image, ...problem } = problemOf(network, size);
  const start = performance.now();
  const run = await load(problem, setting);
  const loadMs = performance.now() - start;
  const labels = await run(image);
  const firstMs = performance.now() - start - loadMs;
  await run(image);
  return { run: () => run(image), loadMs, firstMs, labels: Uint8Array.from(labels) };
}

/** @type {Promise<Awaited<ReturnType<typeof begin>>> | undefined} */
let begun;

process.on('message', (/** @type {Job | 'run'} */ message) => {
  const answer = async () => {
    if (message !== 'run') {
      begun = begin(message);
      const { loadMs, firstMs, labels } = await begun;
      return { loadMs, firstMs, labels };
    }
    const { run } = /** @type {Awaited<ReturnType<typeof begin>>} */ (await begun);
    const start = performance.now();
    await run();
    return { ms: performance.now() - start, bytes: process.resourceUsage().maxRSS * 1024 };
  };
  answer().then(
    (result) => process.send?.(result),
    (error) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
