import { createPace, type LongRunningOptions } from '@atrous/core';
import type { Compatibility } from '../compatibility.ts';
import type { CrfInference, CrfProblem } from '../engine.ts';
import type { Call } from './crew.ts';
import { placeInference, type Inference } from './inference.ts';
import type { Kernels } from './kernels.ts';
import type { LatticeKernel } from './lattice-kernel.ts';
import { attractsOnly } from './message-plan.ts';
import { blurPhases, mergePhases } from './phases.ts';

/** Most that marginals may be off because labels were dropped. Single precision alone makes 2e-4. */
const MOST_ERROR = 1e-4;
/** How far messages reach for each unit of weight, at most, where norms are symmetric: photographs have up to 1.35. */
const REACH_PER_WEIGHT = 1.5;

/** What one pass is to do. */
interface Stages {
  readonly slices: boolean;
  readonly splats: boolean;
  readonly writes: boolean;
}

/** One pass over all pixels. Afterwards the lattices to slice are those that it splatted to, blurred. */
async function runPass(inference: Inference, step: number, { slices, splats, writes }: Stages): Promise<void> {
  const { kernels, parts, lattices, blockBytes, lanes, energies } = inference;
  for (const [part, { pass }] of parts.entries()) {
    pass.set({ sliced: slices ? lattices.sliced : 0, splatted: splats ? lattices.splatted[part]! : 0 });
    pass.set({ marginals: writes ? energies : 0, change: 0 });
    pass.set({ sends: step === 0 ? 1 : 0, receives: step === 1 && lanes.order !== 0 ? 1 : 0 });
  }
  const passes = parts.map(({ pass, from, to }, part): Call[] => [
    ...(splats ? [['clear', lattices.splatted[part]!, lanes.blocks * blockBytes] satisfies Call] : []),
    ['meanFieldPass', pass.at, from, to],
  ]);
  await kernels.crew.run([passes, ...(splats ? [...mergePhases(inference), ...blurPhases(inference)] : [])]);
  const [next = 0, ...others] = lattices.splatted;
  inference.lattices = { sliced: next, splatted: [lattices.sliced, ...others] };
}

/** The largest of what parts found. */
const largest = ({ parts }: Inference, field: 'reach' | 'change'): number =>
  Math.max(...parts.map(({ pass }) => pass.float(field)));

/**
 * Whether dropped labels could not have mattered: messages are not negative, so a label without them never becomes more probable than
 * `tolerance`, and what it would have sent any pixel multiplies no marginal by more than e to the tolerance times the reach of messages.
 */
function isDropSafe(inference: Inference, tolerance: number): boolean {
  if (inference.lanes.order === 0) return true;
  return tolerance * Math.expm1(tolerance * largest(inference, 'reach') * Math.LN2) <= MOST_ERROR;
}

/** KL divergence and energy of what the last pass kept. */
async function measure({ kernels: { arena, crew }, parts, lattices }: Inference) {
  for (const { pass, sums } of parts) {
    arena.doubles(sums, 3).fill(0);
    pass.set({ sliced: lattices.sliced });
  }
  await crew.run([parts.map(({ pass, sums, from, to }): Call[] => [['measure', pass.at, sums, from, to]])]);
  const total = (i: number): number => parts.reduce((sum, { sums }) => sum + arena.doubles(sums, 3)[i]!, 0);
  const [negatedEntropy, unary, pairwise] = [total(0), total(1), total(2)];
  return { kl: negatedEntropy + unary + pairwise, energy: unary + pairwise / 2 };
}

/** The largest tolerance that should prove safe. */
function defaultTolerance(compatibilities: readonly Compatibility[]): number {
  const weight = compatibilities.reduce<number>((sum, one) => sum + (typeof one === 'number' ? one : 0), 0);
  return Math.min(0.01, Math.sqrt(MOST_ERROR / (REACH_PER_WEIGHT * weight)));
}

/** Writes what the last pass kept as marginals. */
async function writeKept({ kernels, parts, energies }: Inference): Promise<void> {
  for (const { pass } of parts) pass.set({ marginals: energies });
  await kernels.crew.run([parts.map(({ pass, from, to }): Call[] => [['storeKept', pass.at, from, to]])]);
}

/** Runs all steps. @returns nothing when labels were dropped that should not have been. */
async function run(
  inference: Inference,
  { iterations, stopBelow = 0, diagnostics = false, unary }: CrfProblem,
  tolerance: number,
  options: LongRunningOptions,
): Promise<CrfInference | undefined> {
  const pace = createPace('infer', { signal: options.signal });
  const [kl, energy]: [number[], number[]] = [[], []];
  await runPass(inference, 0, { slices: false, splats: iterations > 0, writes: iterations === 0 });
  let completed = 0;
  for (let isStable = false; completed < iterations && !isStable;) {
    completed++;
    const isLast = completed === iterations;
    await runPass(inference, completed, { slices: true, splats: !isLast || diagnostics, writes: isLast });
    if (!isDropSafe(inference, tolerance)) return undefined;
    if (diagnostics) {
      const measured = await measure(inference);
      kl.push(measured.kl);
      energy.push(measured.energy);
    }
    isStable = !isLast && stopBelow > 0 && largest(inference, 'change') <= stopBelow;
    if (isStable) await writeKept(inference);
    options.onProgress?.({ phase: 'infer', completed, total: iterations });
    const pause = pace(completed, iterations);
    if (pause !== undefined) await pause;
  }
  const marginals = inference.kernels.arena.floats(inference.energies, unary.length).slice();
  return { marginals, iterations: completed, ...(diagnostics && { kl, energy }) };
}

/**
 * Mean field through the lattices, all pixels at once: Q = softmax(−U), then Q = softmax(−U − Σ C(KQ)) again and again.
 *
 * @see Krähenbühl and Koltun 2011, "Efficient Inference in Fully Connected CRFs with Gaussian Edge Potentials", §3
 */
export async function meanField(
  kernels: Kernels,
  prepared: readonly LatticeKernel[],
  problem: CrfProblem,
  options: LongRunningOptions,
): Promise<CrfInference> {
  const mark = kernels.arena.mark();
  // the share of dropped labels has no energy of its own, and their messages would have to be zero
  const mayDrop = problem.diagnostics !== true && attractsOnly(problem.compatibilities);
  const tolerance = mayDrop ? (problem.tolerance ?? defaultTolerance(problem.compatibilities)) : 0;
  const attempt = async (tolerance: number) =>
    run(await placeInference(kernels, prepared, problem, tolerance), problem, tolerance, options);
  try {
    const result = await attempt(tolerance);
    if (result) return result;
    kernels.arena.release(mark);
    return (await attempt(0)) as CrfInference;
  } finally {
    kernels.arena.release(mark);
  }
}
