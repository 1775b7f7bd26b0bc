import type { Compatibility } from '../compatibility.ts';
import type { Address } from './assembly.ts';
import { listIncidences, type IncidencePart, type Incidences } from './incidences.ts';
import type { Kernels } from './kernels.ts';
import type { LaneBlocks } from './lane-blocks.ts';
import type { LatticeKernel } from './lattice-kernel.ts';

/** How marginals go into the lattices, and messages come out of them. */
export interface MessagePlan {
  readonly splat: Incidences;
  /** Kernels with one weight, which is in the weights of the list. */
  readonly potts: Incidences;
  /** Kernels with more than one. */
  readonly terms: Address;
  readonly termCount: number;
}

/** A kernel of a problem. */
interface Weighted {
  readonly kernel: LatticeKernel;
  readonly compatibility: Compatibility;
  readonly base: number;
}

const TERM = ['list', 'corners', 'perLane', 'matrix'] as const;
const NOTHING: Incidences = { list: 0, corners: 0 };

const isPotts = (one: Weighted): one is Weighted & { compatibility: number } => typeof one.compatibility === 'number';

const partOf = ({ kernel: { lattice }, base }: Weighted, norms: Address, factor: number): IncidencePart => ({
  lattice,
  base,
  norms,
  factor,
});

/** Messages are binary logits. */
const scaleOf = (kernel: LatticeKernel): number => kernel.scale * Math.LOG2E;

/** Copies weights of labels to lanes; lanes beyond have none. */
function placePerLane({ arena }: Kernels, perLabel: Float32Array, { step }: LaneBlocks): Address {
  const at = arena.allocate(step);
  const lanes = arena.floats(at, step / 4);
  lanes.fill(0);
  lanes.set(perLabel);
  return at;
}

/** Copies the symmetric part of a matrix. */
function placeMatrix({ arena }: Kernels, matrix: Float32Array, { step }: LaneBlocks): Address {
  const [lanes, labels] = [step / 4, Math.sqrt(matrix.length)];
  const at = arena.allocate(lanes * step);
  const placed = arena.floats(at, lanes * lanes);
  placed.fill(0);
  for (let i = 0; i < labels; i++)
    for (let j = 0; j < labels; j++) placed[i * lanes + j] = (matrix[i * labels + j]! + matrix[j * labels + i]!) / 2;
  return at;
}

async function placeTerm(kernels: Kernels, one: Weighted, lanes: LaneBlocks, pixels: number) {
  const { kernel, compatibility } = one;
  const incidences = await listIncidences(kernels, [partOf(one, kernel.last, scaleOf(kernel))], pixels, lanes.rowBytes);
  if (typeof compatibility === 'number') return { ...incidences, perLane: 0, matrix: 0 };
  return 'perLabel' in compatibility
    ? { ...incidences, perLane: placePerLane(kernels, compatibility.perLabel, lanes), matrix: 0 }
    : { ...incidences, perLane: 0, matrix: placeMatrix(kernels, compatibility.matrix, lanes) };
}

/** Terms side by side in memory. */
async function placeTerms(
  kernels: Kernels,
  terms: readonly Weighted[],
  lanes: LaneBlocks,
  pixels: number,
): Promise<Address> {
  const { arena } = kernels;
  const placed = [];
  for (const term of terms) placed.push(await placeTerm(kernels, term, lanes, pixels));
  const at = arena.allocate(16 * terms.length);
  const fields = placed.flatMap((term) => TERM.map((field) => term[field]));
  arena.ints(at, fields.length).set(fields);
  return at;
}

/** Whether weights can be the same on both ways: norms are, and the kernel's own weight is the square of a number. */
const isShared = (one: Weighted): boolean =>
  isPotts(one) && one.compatibility >= 0 && one.kernel.first === one.kernel.last;

/** Whether no label sends another one anything, and each draws only pixels nearer that have it. */
export const attractsOnly = (compatibilities: readonly Compatibility[]): boolean =>
  compatibilities.every((one) => typeof one === 'number' && one >= 0);

/** Lists everything for some kernels. Where one list serves both ways, it has half the bytes to read. */
export async function planMessages(
  kernels: Kernels,
  prepared: readonly LatticeKernel[],
  compatibilities: readonly Compatibility[],
  lanes: LaneBlocks,
  pixels: number,
): Promise<MessagePlan> {
  let vertices = 0;
  const weighted = prepared.map((kernel, i): Weighted => {
    const base = vertices;
    vertices += kernel.lattice.vertices;
    return { kernel, compatibility: compatibilities[i]!, base };
  });
  const list = (ones: readonly Weighted[], part: (one: Weighted) => IncidencePart) =>
    ones.length === 0 ? NOTHING : listIncidences(kernels, ones.map(part), pixels, lanes.rowBytes);
  const weightOf = (one: Weighted): number => (isPotts(one) ? one.compatibility : 1) * scaleOf(one.kernel);
  if (weighted.every(isShared)) {
    const shared = await list(weighted, (one) => partOf(one, one.kernel.first, Math.sqrt(weightOf(one))));
    return { splat: shared, potts: shared, terms: 0, termCount: 0 };
  }
  const terms = weighted.filter((one) => !isPotts(one));
  return {
    splat: await list(weighted, (one) => partOf(one, one.kernel.first, 1)),
    potts: await list(weighted.filter(isPotts), (one) => partOf(one, one.kernel.last, weightOf(one))),
    terms: await placeTerms(kernels, terms, lanes, pixels),
    termCount: terms.length,
  };
}
