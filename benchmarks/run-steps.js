// @ts-check
import { measure } from './measure.js';
import { time } from './report/report.js';

/** @typedef {import('./measure.js').Measured} Measured */
/** @typedef {(text: string, share: number, isResult: boolean) => void} Progress `share` of all is done; a result is worth keeping. */

/**
 * One step after the other.
 *
 * @param {readonly import('./plan.js').Step[]} steps
 * @param {Omit<Parameters<typeof measure>[2], 'onProgress'> & { readonly balance: (task: import('./plan.js').Task) => Promise<import('./plan.js').Task>, readonly onProgress: Progress }} options
 * @returns {AsyncGenerator<Measured[]>} after each step all that was measured until then
 */
export async function* runSteps(steps, { balance, onProgress, ...options }) {
  /** @type {Measured[]} */
  const measured = [];
  for (const [i, { task, contenders, missing }] of steps.entries()) {
    const say = (/** @type {string} */ text, isResult = false) =>
      onProgress(`[${i + 1}/${steps.length}] ${task.name} ${task.size}: ${text}`, i / steps.length, isResult);
    const result = await measure(await balance(task), contenders, { ...options, onProgress: say });
    measured.push({ ...result, missing: [...missing, ...result.missing] });
    say(result.results.map(({ name, medianMs }) => `${name} ${time(medianMs)}`).join(' · '), true);
    for (const { name, reason } of result.missing) say(`${name} is left out: ${reason}`, true);
    yield measured;
  }
}
