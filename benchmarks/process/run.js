// @ts-check
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { balance } from '../balance.js';
import { buildPydensecrf } from '../crf/pydensecrf.js';
import { describeMachine, describeRepository } from '../describe.js';
import { describeGpu } from '../gpu.js';
import { runSteps } from '../run-steps.js';
import { PROGRAM } from './pydensecrf.js';
import { startInProcess } from './start.js';
import { planOf } from '../plan.js';

/**
 * @typedef {object} RunOptions
 * @property {number} rounds
 * @property {number} seconds of each contender for a problem
 * @property {boolean} software whether GPUs count that are none
 * @property {string} [pydensecrf] a checkout of it
 * @property {AbortSignal} signal ends all that was started
 * @property {import('../run-steps.js').Progress} onProgress
 * @property {(report: import('../report/report.js').Report) => void} onReport after each problem, with all until then
 */

/** The GPU of the npm package `webgpu`, if there is one. */
async function gpuOfNode() {
  try {
    const { create } = await import('webgpu');
    return await describeGpu(create([]));
  } catch {
    return undefined;
  }
}

/** Times problems in Node, each contender in a process of its own. @param {import('../plan.js').Wish} wish @param {RunOptions} options */
export async function runInNode(wish, { pydensecrf, onReport, ...options }) {
  const gpu = await gpuOfNode();
  const hasGpu = gpu !== undefined && (options.software || !gpu.isSoftware);
  const machine = {
    ...describeMachine(),
    node: process.version,
    ...(hasGpu && { gpu: gpu.name, isSoftwareGpu: gpu.isSoftware }),
  };
  const about = {
    ...{ ...describeRepository(), where: /** @type {const} */ ('node'), machine, rounds: options.rounds },
    ...(wish.curve && { curve: wish.curve }),
  };
  const plan = planOf(wish, { where: 'node', hasGpu, cores: machine.cores });
  const folder = pydensecrf === undefined ? undefined : mkdtempSync(join(tmpdir(), 'atrous-bench-'));
  try {
    if (pydensecrf !== undefined && folder !== undefined) process.env[PROGRAM] = buildPydensecrf(pydensecrf, folder);
    for await (const problems of runSteps(plan, { start: startInProcess, balance, ...options }))
      onReport({ ...about, problems });
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
