// @ts-check
import { inTime, patienceWith } from '../patience.js';

/**
 * Starts a contender in a worker of its own, and has it load its problem.
 *
 * @type {import('../measure.js').Start}
 */
export async function startInWorker(job, signal) {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
  /** @template T @param {unknown} message @returns {Promise<T>} */
  const answerTo = (message) =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => (data.error === undefined ? resolve(data) : reject(new Error(data.error)));
      worker.onerror = ({ message }) => reject(new Error(message || 'its worker ended'));
      worker.postMessage(message);
    });
  /** @template T @param {unknown} message @returns {Promise<T>} */
  const ask = (message) => inTime(answerTo(message), patienceWith(job), signal);
  try {
    const loaded = await /** @type {Promise<import('../contenders/serve.js').Loaded>} */ (ask(job));
    return { ...loaded, run: () => ask('run'), stop: () => worker.terminate() };
  } catch (error) {
    worker.terminate();
    throw error;
  }
}
