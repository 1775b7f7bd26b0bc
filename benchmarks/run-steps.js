// @ts-check
import { measure } from './measure.js';
import { time, titleOf } from './report/report.js';

/** @typedef {import('./measure.js').Measured} Measured */
/** @typedef {import('./plan.js').Step} Step */
/** @typedef {(text: string, share: number, isResult: boolean) => void} Progress `share` of all is done; a result is worth keeping. */

/** How long a step takes, beside others and very roughly. @param {Step} step */
function effortOf({ task: { what, size, labels = 1 }, contenders }) {
  if (what === 'kernels') return contenders.length;
  return contenders.length * (1 + (what === 'networks' ? size / 128 : labels / 8));
}

/** @param {number} ms */
const timeLeft = (ms) => (ms < 60e3 ? 'less than a minute left' : `about ${Math.round(ms / 60e3)} min left`);

/**
 * One step after the other.
 *
 * @param {readonly Step[]} steps
 * @param {Omit<Parameters<typeof measure>[2], 'onProgress'> & { readonly balance: (task: import('./plan.js').Task) => Promise<import('./plan.js').Task>, readonly onProgress: Progress }} options
 * @returns {AsyncGenerator<Measured[]>} after each step all that was measured until then
 */
export async function* runSteps(steps, { balance, onProgress, ...options }) {
  /** @type {Measured[]} */
  const measured = [];
  const efforts = steps.map(effortOf);
  const sum = (/** @type {readonly number[]} */ list) => list.reduce((total, one) => total + one, 0);
  const since = performance.now();
  for (const [i, { task, contenders, missing }] of steps.entries()) {
    const share = sum(efforts.slice(0, i)) / sum(efforts);
    const left = i === 0 ? [] : [timeLeft(((performance.now() - since) * (1 - share)) / share)];
    const count = [`${i + 1}/${steps.length}`, ...left].join(', ');
    const say = (/** @type {string} */ text, isResult = false) =>
      onProgress(`[${count}] ${titleOf(task)}: ${text}`, share, isResult);
    const result = await measure(await balance(task), contenders, { ...options, onProgress: say });
    measured.push({ ...result, missing: [...missing, ...result.missing] });
    say(result.results.map(({ name, medianMs }) => `${name} ${time(medianMs)}`).join(' · '), true);
    for (const { name, reason } of result.missing) say(`${name} is left out: ${reason}`, true);
    yield measured;
  }
}
