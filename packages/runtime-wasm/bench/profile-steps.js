// @ts-nocheck: loaded by Vite, with the sources that it looks into
import { optimize, withInputShape } from '@atrous/core';
import { createArena, kernelModule } from '@atrous/platform/threads';
import { namesOf, problemOf, taskOf } from '../../../benchmarks/problems/index.js';
import binary from '../assembly/index.ts?assemblyscript';
import sharedBinary from '../assembly/index.ts?assemblyscript-shared';
import { packWeights } from '../src/pack-weights.ts';
import { installPlan } from '../src/plan/install-plan.ts';
import { makePlan } from '../src/plan/make-plan.ts';
import { createStepRunner } from '../src/step-runner.ts';

const OWNER = { name: 'the profile', hint: 'use a smaller image' };

/** The kernel of a step; all that a chain is made of, with the channels that they compute. */
const nameOf = (step) =>
  'lists' in step ? step.chain.map(({ kernel, rows }) => `${kernel} ${rows.y.shape[3]}`).join(' → ') : step.kernel;

/**
 * Prints how long each step of a network's plan takes and how many multiply-adds a nanosecond that is, in the order of the plan, then the sum by
 * kernel.
 *
 * @param {{ network: string, rounds: number, threads: number, size?: number }} options
 */
export async function profile(options) {
  const { network, rounds, threads } = options;
  const what = namesOf('kernels').includes(network) ? 'kernels' : 'networks';
  const problem = problemOf(taskOf(what, network, options));
  const target = ['interpolateTaps', 'resizeArgMax', 'broadcastAdd'];
  const { graph, weights } = optimize(problem.graph, problem.weights, { target });
  const arena = createArena(threads > 1, OWNER);
  const packed = packWeights(graph, weights, arena, () => {});
  const runner = await createStepRunner(await kernelModule(binary, sharedBinary).compile(threads > 1), arena, threads);
  const shaped = withInputShape(graph, new Map([['image', problem.image.shape]]));
  const plan = makePlan({ graph: shaped, packed, ops: [], hostWeights: new Map(), parts: threads, isExact: false });
  const { preparation, stretches, views } = installPlan(plan, arena, -1);
  for (const stretch of preparation) if ('first' in stretch) await runner.run(stretch.first, stretch.end);
  const best = stretches.map(() => Infinity);
  const totals = [];
  for (let round = 0; round < rounds; round++) {
    views.floats(plan.inputs[0].buffer).set(problem.image.data);
    let total = 0;
    for (const [i, stretch] of stretches.entries()) {
      if (!('first' in stretch)) continue;
      const begin = performance.now();
      await runner.run(stretch.first, stretch.end);
      const ms = performance.now() - begin;
      total += ms;
      best[i] = Math.min(best[i], ms);
    }
    totals.push(total);
  }
  const sums = new Map();
  for (const [i, step] of plan.steps.entries()) {
    if ('uses' in step) continue;
    const ms = best[i];
    const kernel = nameOf(step);
    sums.set(kernel, (sums.get(kernel) ?? 0) + ms);
    const { items = step.lists.length, work, fields = {} } = step;
    const numbers = Object.entries(fields).filter(
      ([name, value]) => typeof value === 'number' && /filters|depth|outWidth|side|^rate|pitch|width|items/i.test(name),
    );
    const about = numbers.map(([name, value]) => `${name} ${value}`).join(' ');
    console.log(ms.toFixed(2).padStart(8), (work / ms / 1e6).toFixed(1).padStart(6), kernel, items, about);
  }
  for (const [kernel, ms] of sums) console.log(kernel.padEnd(20), ms.toFixed(1));
  const sum = best.reduce((a, b) => a + b, 0);
  console.log(`sum of best ${sum.toFixed(1)} ms, least total ${Math.min(...totals).toFixed(1)} ms`);
  runner.dispose();
}
