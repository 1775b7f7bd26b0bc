import { createPace, type LongRunningOptions } from '@atrous/core';
import type { CrfInference, CrfProblem } from '../engine.ts';
import type { Address } from './assembly.ts';
import { blurBlock } from './blur.ts';
import type { Kernels } from './kernels.ts';
import { chooseLanes, type LabelLanes } from './label-lanes.ts';
import type { LatticeKernel } from './lattice-kernel.ts';
import { attractsOnly, planMessages } from './message-plan.ts';
import { createStruct, type Struct } from './struct.ts';

const DEFAULT_TOLERANCE = 1e-3;
/** Most that marginals may be off because labels were dropped. Single precision alone makes 2e-4. */
const MOST_ERROR = 1e-4;
/** Pixels in a tile of `meanFieldPass`. */
const TILE = 32;

const PASS = [
  ...['vectors', 'blocks', 'step', 'logits', 'sliced', 'blockBytes', 'potts', 'pottsCorners', 'terms', 'termCount'],
  ...['splatted', 'splat', 'splatCorners', 'previous', 'marginals', 'labels', 'order', 'live', 'sends', 'receives'],
  ...['scratch', 'restMost', 'reach', 'change'],
] as const;

/** Everything that an inference has in memory. */
interface Inference {
  readonly kernels: Kernels;
  readonly prepared: readonly LatticeKernel[];
  readonly pixels: number;
  readonly lanes: LabelLanes;
  readonly pass: Struct<string>;
  /** Two sets of lattices, one to slice and one to splat to. */
  lattices: readonly [from: Address, to: Address];
  readonly blockBytes: number;
  readonly zeros: Address;
  readonly sums: Address;
  /** Energies `[pixels, labels]`, which marginals replace. */
  readonly energies: Address;
}

function loadLogits(
  { arena, assembly }: Kernels,
  energies: Address,
  pixels: number,
  labels: number,
  lanes: LabelLanes,
) {
  const { order, live, step } = lanes;
  const logits = arena.allocate(pixels * step);
  if (order === 0) assembly.loadAllLogits(energies, pixels, labels, logits, step);
  else {
    const scratch = arena.allocate(4 * labels + 16);
    assembly.loadLiveLogits(energies, pixels, labels, order, live, logits, step, scratch);
  }
  return logits;
}

/** Places a problem in memory. */
function place(
  kernels: Kernels,
  prepared: readonly LatticeKernel[],
  { labels, unary, compatibilities, stopBelow = 0, diagnostics = false }: CrfProblem,
  tolerance: number,
): Inference {
  const { arena, assembly } = kernels;
  const pixels = unary.length / labels;
  const energies = arena.allocate(unary.byteLength);
  arena.floats(energies, unary.length).set(unary);
  const lanes = chooseLanes(kernels, energies, pixels, labels, tolerance);
  const { blocks, vectors, step, order, live } = lanes;
  const logits = loadLogits(kernels, energies, pixels, labels, lanes);
  const plan = planMessages(kernels, prepared, compatibilities, lanes, pixels);
  const blockBytes = 16 * vectors * prepared.reduce((sum, { lattice }) => sum + lattice.vertices, 0);
  const [zeros, sums] = [arena.allocate(step), arena.allocate(24)];
  assembly.clear(zeros, step);
  const pass = createStruct<string>(arena, PASS);
  pass.set({ vectors, blocks, step, logits, blockBytes, labels, order, live });
  pass.set({ splat: plan.splat.list, splatCorners: plan.splat.corners });
  pass.set({ potts: plan.potts.list, pottsCorners: plan.potts.corners, terms: plan.terms, termCount: plan.termCount });
  pass.set({ previous: stopBelow > 0 || diagnostics ? arena.allocate(pixels * step) : 0 });
  pass.set({ scratch: arena.allocate(2 * TILE * step + 4 * labels + 16) });
  const lattices = [arena.allocate(blocks * blockBytes), arena.allocate(blocks * blockBytes)] as const;
  return { kernels, prepared, pixels, lanes, pass, lattices, blockBytes, zeros, sums, energies };
}

/** Blurs every block of the lattices that the last pass splatted to. */
function blurAll({ kernels, prepared, lanes: { blocks, vectors }, lattices, blockBytes, zeros }: Inference): void {
  for (let block = 0; block < blocks; block++) {
    let values = lattices[0] + block * blockBytes;
    for (const { lattice } of prepared) {
      blurBlock(kernels, lattice, { values, vectors, zeros });
      values += 16 * vectors * lattice.vertices;
    }
  }
}

/** What one pass is to do. */
interface Stages {
  readonly slices: boolean;
  readonly splats: boolean;
  readonly writes: boolean;
}

/** One pass over all pixels. Afterwards the first lattices are those that it splatted to, blurred. */
function runPass(inference: Inference, step: number, { slices, splats, writes }: Stages): void {
  const { kernels, pass, lattices, blockBytes, lanes, energies, pixels } = inference;
  const [from, to] = lattices;
  if (splats) kernels.assembly.clear(to, lanes.blocks * blockBytes);
  pass.set({ sliced: slices ? from : 0, splatted: splats ? to : 0, marginals: writes ? energies : 0 });
  pass.set({ sends: step === 0 ? 1 : 0, receives: step === 1 && lanes.order !== 0 ? 1 : 0, change: 0 });
  kernels.assembly.meanFieldPass(pass.at, 0, pixels);
  inference.lattices = [to, from];
  if (splats) blurAll(inference);
}

/**
 * Whether dropped labels stayed as improbable as they were: while they are below `tolerance`, what they would have sent any pixel
 * multiplies no marginal by more than e to the tolerance times the reach of messages.
 */
function isDropSafe({ pass, lanes }: Inference, tolerance: number, restAtFirst: number): boolean {
  if (lanes.order === 0) return true;
  const error = tolerance * Math.expm1(tolerance * pass.float('reach') * Math.LN2);
  return error <= MOST_ERROR && pass.float('restMost') <= Math.max(restAtFirst, tolerance);
}

/** KL divergence and energy of what the last pass kept. */
function measure({ kernels: { arena, assembly }, pass, sums, lattices, pixels }: Inference) {
  arena.doubles(sums, 3).fill(0);
  pass.set({ sliced: lattices[0] });
  assembly.measure(pass.at, sums, 0, pixels);
  const [negatedEntropy, unary, pairwise] = arena.doubles(sums, 3) as unknown as [number, number, number];
  return { kl: negatedEntropy + unary + pairwise, energy: unary + pairwise / 2 };
}

/** Runs all steps. @returns nothing when labels were dropped that should not have been. */
async function run(
  inference: Inference,
  { iterations, stopBelow = 0, diagnostics = false, unary }: CrfProblem,
  tolerance: number,
  options: LongRunningOptions,
): Promise<CrfInference | undefined> {
  const { kernels, pass, energies, pixels } = inference;
  const pace = createPace('infer', { signal: options.signal });
  const [kl, energy]: [number[], number[]] = [[], []];
  runPass(inference, 0, { slices: false, splats: iterations > 0, writes: iterations === 0 });
  const restAtFirst = pass.float('restMost');
  let completed = 0;
  for (let isStable = false; completed < iterations && !isStable;) {
    completed++;
    const isLast = completed === iterations;
    runPass(inference, completed, { slices: true, splats: !isLast || diagnostics, writes: isLast });
    if (!isDropSafe(inference, tolerance, restAtFirst)) return undefined;
    if (diagnostics) {
      const measured = measure(inference);
      kl.push(measured.kl);
      energy.push(measured.energy);
    }
    isStable = !isLast && stopBelow > 0 && pass.float('change') <= stopBelow;
    if (isStable) {
      pass.set({ marginals: energies });
      kernels.assembly.storeKept(pass.at, 0, pixels);
    }
    options.onProgress?.({ phase: 'infer', completed, total: iterations });
    const pause = pace(completed, iterations);
    if (pause !== undefined) await pause;
  }
  const marginals = kernels.arena.floats(energies, unary.length).slice();
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
  const tolerances = [...new Set([mayDrop ? (problem.tolerance ?? DEFAULT_TOLERANCE) : 0, 0])];
  try {
    for (const tolerance of tolerances) {
      const result = await run(place(kernels, prepared, problem, tolerance), problem, tolerance, options);
      if (result) return result;
      kernels.arena.release(mark);
    }
  } finally {
    kernels.arena.release(mark);
  }
  throw new Error('inference with all labels failed');
}
