// @ts-check
import { balance } from '../balance.js';
import { describeGpu } from '../gpu.js';
import { planOf } from '../plan.js';
import { runSteps } from '../run-steps.js';
import { startInWorker } from './start.js';

/** @typedef {import('../report/report.js').Report} Report */
/**
 * @typedef {object} RunOptions
 * @property {number} rounds
 * @property {number} [seconds] of each contender for a problem
 * @property {boolean} software whether GPUs count that are none
 * @property {import('../run-steps.js').Progress} onProgress
 * @property {(report: Report) => unknown} onReport after each problem, with all until then
 * @property {AbortSignal} [signal]
 */

/** What this page was built from. @type {ReturnType<typeof import('../describe.js').describeRepository>} */
const REPOSITORY = import.meta.env.REPOSITORY;

/** Chromium and Firefox by name and version; others as they call themselves. @param {string} userAgent */
const browserOf = (userAgent) => /(?:Chrome|Firefox)\/[\d.]+/.exec(userAgent)?.[0] ?? userAgent;

/**
 * Times problems in this page, each contender in a worker of its own.
 *
 * @param {import('../plan.js').Wish} wish
 * @param {RunOptions} options
 */
export async function runInPage(wish, { onReport, ...options }) {
  const gpu = await describeGpu(navigator.gpu);
  const hasGpu = gpu !== undefined && (options.software || !gpu.isSoftware);
  const cores = crossOriginIsolated ? navigator.hardwareConcurrency : 1;
  const place = /** @type {const} */ ({ where: 'browser', hasGpu, cores });
  const date = new Date().toISOString().slice(0, 10);
  /** @type {Omit<Report, 'problems'>} */
  const about = {
    ...{ ...REPOSITORY, date, where: place.where, rounds: options.rounds },
    machine: {
      ...{ cores: navigator.hardwareConcurrency, browser: browserOf(navigator.userAgent) },
      ...(hasGpu && { gpu: gpu.name, isSoftwareGpu: gpu.isSoftware }),
    },
    ...(wish.curve && { curve: wish.curve }),
  };
  const steps = runSteps(planOf(wish, place), { start: startInWorker, balance, ...options });
  for await (const problems of steps) await onReport({ ...about, problems });
}
