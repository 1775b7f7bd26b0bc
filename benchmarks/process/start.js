// @ts-check
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inTime, patienceWith } from '../patience.js';

/**
 * Starts a contender in a process of its own, and has it load its problem.
 *
 * @type {import('../measure.js').Start}
 */
export async function startInProcess(job, signal) {
  const child = fork(fileURLToPath(new URL('contender.js', import.meta.url)), { serialization: 'advanced' });
  /** @template T @param {unknown} message @returns {Promise<T>} */
  const answerTo = (message) =>
    new Promise((resolve, reject) => {
      const onExit = (/** @type {number | null} */ code) => reject(new Error(`its process ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (/** @type {T & { error?: string }} */ answer) => {
        child.off('exit', onExit);
        if (answer.error === undefined) resolve(answer);
        else reject(new Error(answer.error));
      });
      child.send(/** @type {import('node:child_process').Serializable} */ (message));
    });
  /** @template T @param {unknown} message @returns {Promise<T>} */
  const ask = (message) => inTime(answerTo(message), patienceWith(job), signal);
  try {
    const loaded = await /** @type {Promise<import('../contenders/serve.js').Loaded>} */ (ask(job));
    return { ...loaded, run: () => ask('run'), stop: () => void child.kill() };
  } catch (error) {
    child.kill();
    throw error;
  }
}
