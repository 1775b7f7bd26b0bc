import type { LongRunningOptions } from '@atrous/core';
import type { CrfInference } from '../engine.ts';
import type { Buffers } from './buffers.ts';
import type { DeviceKernel } from './device-kernel.ts';
import type { DeviceProblem } from './device-problem.ts';
import { planInference, shadersFor, submitSteps, type Inference } from './inference.ts';
import { submit } from './passes.ts';
import { readBack } from './read-back.ts';
import type { Session } from './session.ts';

/** Where problems are solved. */
export interface Workplace {
  readonly session: Session;
  readonly buffers: Buffers;
  readonly kernels: readonly DeviceKernel[];
  readonly pixels: number;
}

/** A problem that was solved, with marginals on the device. */
export interface Solved {
  readonly inference: Inference;
  readonly outcome: Omit<CrfInference, 'marginals'>;
}

/** Between these, a command buffer takes neither the screen nor time that waiting for it costs. */
const [SHORT_MS, LONG_MS] = [15, 60];
const FIRST_STEPS = 4;

/** How many steps to submit before waiting for them. */
function createStride() {
  let steps = FIRST_STEPS;
  return {
    next: (left: number): number => Math.min(steps, left),
    took(milliseconds: number): void {
      if (milliseconds < SHORT_MS) steps *= 2;
      else if (milliseconds > LONG_MS) steps = Math.max(1, Math.floor(steps / 2));
    },
  };
}

/** One step, and how much it changed. */
async function stepAndCompare({ session, buffers }: Workplace, inference: Inference): Promise<number> {
  const { device } = session;
  await session.attempt(() => {
    device.queue.writeBuffer(inference.change, 0, new Uint32Array(1));
    submitSteps(device, inference, 1);
  });
  return new Float32Array(await readBack(session, buffers, inference.change, 4))[0]!;
}

/** KL divergence and energy of the marginals. */
async function measure({ session, buffers }: Workplace, { spread, measure, sums, rows }: Inference) {
  await session.attempt(() => submit(session.device, [...spread, measure!]));
  const parts = new Float32Array(await readBack(session, buffers, sums, 12 * rows.groups));
  const totals: [number, number, number] = [0, 0, 0];
  for (const [i, part] of parts.entries()) totals[i % 3]! += part * Math.LN2;
  const [negatedEntropy, unary, pairwise] = totals;
  return { kl: negatedEntropy + unary + pairwise, energy: unary + pairwise / 2 };
}

/** Some steps at once, or one where it has to be looked at. @returns how many were made, and whether it was the last that is needed. */
async function advance(
  place: Workplace,
  inference: Inference,
  { stopBelow = 0, diagnostics = false }: DeviceProblem,
  steps: number,
): Promise<{ made: number; isStable: boolean }> {
  if (stopBelow > 0) return { made: 1, isStable: (await stepAndCompare(place, inference)) <= stopBelow };
  const { session } = place;
  const made = diagnostics ? 1 : steps;
  await session.attempt(() => submitSteps(session.device, inference, made));
  await session.settle(session.device.queue.onSubmittedWorkDone());
  return { made, isStable: false };
}

/**
 * Mean field on a device, all pixels at once: Q = softmax(−U), then Q = softmax(−U − Σ C(KQ)) again and again.
 *
 * @see Krähenbühl and Koltun 2011, "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials", §3
 */
export async function solve(place: Workplace, problem: DeviceProblem, options: LongRunningOptions): Promise<Solved> {
  const { session, buffers } = place;
  const { iterations, diagnostics = false } = problem;
  const pipelineOf = await session.load(shadersFor(problem));
  const inference = await session.attempt(() => {
    const planned = planInference(session, pipelineOf, buffers, place, problem);
    submit(session.device, [planned.begin]);
    return planned;
  });
  const stride = createStride();
  const [kl, energy]: [number[], number[]] = [[], []];
  let completed = 0;
  for (let isDone = false; completed < iterations && !isDone;) {
    const started = performance.now();
    const { made, isStable } = await advance(place, inference, problem, stride.next(iterations - completed));
    stride.took(performance.now() - started);
    completed += made;
    isDone = isStable;
    if (diagnostics) {
      const measured = await measure(place, inference);
      kl.push(measured.kl);
      energy.push(measured.energy);
    }
    options.onProgress?.({ phase: 'infer', completed, total: iterations });
    options.signal?.throwIfAborted();
  }
  return { inference, outcome: { iterations: completed, ...(diagnostics && { kl, energy }) } };
}
