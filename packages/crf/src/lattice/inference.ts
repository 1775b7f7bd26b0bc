import type { CrfProblem } from '../engine.ts';
import type { Address } from './assembly.ts';
import { placeBlur, type Blur } from './blur.ts';
import { sharedPhase, sharesOf, type Call } from './crew.ts';
import type { Kernels } from './kernels.ts';
import { chooseLanes, type LabelLanes } from './label-lanes.ts';
import type { LatticeKernel } from './lattice-kernel.ts';
import { planMessages } from './message-plan.ts';
import { createStruct, type Struct } from './struct.ts';

/** Pixels in a tile of `meanFieldPass`. */
const TILE = 32;

const PASS = [
  ...['vectors', 'blocks', 'step', 'logits', 'sliced', 'blockBytes', 'potts', 'pottsCorners', 'terms', 'termCount'],
  ...['splatted', 'splat', 'splatCorners', 'previous', 'marginals', 'labels', 'order', 'sends', 'receives'],
  ...['scratch', 'reach', 'change'],
] as const;

/** What one part of the work reads and writes. */
export interface Part {
  readonly pass: Struct<(typeof PASS)[number]>;
  /** Three sums of `measure`. */
  readonly sums: Address;
  /** Pixels. */
  readonly from: number;
  readonly to: number;
}

/** Everything that an inference has in memory. */
export interface Inference {
  readonly kernels: Kernels;
  readonly prepared: readonly LatticeKernel[];
  readonly pixels: number;
  readonly lanes: LabelLanes;
  readonly parts: readonly Part[];
  /** Lattices that are sliced, and one for each part to splat to, the first of which receives the sum. */
  lattices: { readonly sliced: Address; readonly splatted: readonly Address[] };
  readonly blockBytes: number;
  /** Of the kernels' lattices: for each part alone where parts take whole blocks, else once for all. */
  readonly blurs: readonly (readonly Blur[])[];
  /** Energies `[pixels, labels]`, which marginals replace. */
  readonly energies: Address;
}

async function loadLogits(
  { arena, crew }: Kernels,
  energies: Address,
  pixels: number,
  labels: number,
  { order, step }: LabelLanes,
): Promise<Address> {
  const logits = arena.allocate(pixels * step);
  const callsOf = (from: number, to: number): Call[] => {
    const [source, target] = [energies + 4 * labels * from, logits + step * from];
    if (order === 0) return [['loadAllLogits', source, to - from, labels, target, step]];
    return [['loadLiveLogits', source, to - from, labels, order, target, step]];
  };
  await crew.run([sharedPhase(crew, pixels, callsOf)]);
  return logits;
}

/** Whether parts take whole blocks, and so need not wait for each other: there are enough of them for equal shares. */
const hasBlocksForAll = (blocks: number, parts: number): boolean => blocks % parts === 0 || blocks >= 4 * parts;

function placeBlurs(
  { arena, assembly, crew }: Kernels,
  prepared: readonly LatticeKernel[],
  lanes: LabelLanes,
): Blur[][] {
  const zeros = arena.allocate(lanes.rowBytes);
  assembly.clear(zeros, lanes.rowBytes);
  const [teams, parts] = hasBlocksForAll(lanes.blocks, crew.parts) ? [crew.parts, 1] : [1, crew.parts];
  return Array.from({ length: teams }, () =>
    prepared.map(({ lattice }) => placeBlur(arena, lattice, { ...lanes, parts, zeros })),
  );
}

/** Places a problem in memory. */
export async function placeInference(
  kernels: Kernels,
  prepared: readonly LatticeKernel[],
  { labels, unary, compatibilities, stopBelow = 0, diagnostics = false }: CrfProblem,
  tolerance: number,
): Promise<Inference> {
  const { arena, crew } = kernels;
  const pixels = unary.length / labels;
  const energies = arena.allocate(unary.byteLength);
  arena.floats(energies, unary.length).set(unary);
  const lanes = await chooseLanes(kernels, energies, pixels, labels, tolerance);
  const { blocks, vectors, step, order } = lanes;
  const logits = await loadLogits(kernels, energies, pixels, labels, lanes);
  const { splat, potts, terms, termCount } = await planMessages(kernels, prepared, compatibilities, lanes, pixels);
  const blockBytes = lanes.rowBytes * prepared.reduce((sum, { lattice }) => sum + lattice.vertices, 0);
  const blurs = placeBlurs(kernels, prepared, lanes);
  const previous = stopBelow > 0 || diagnostics ? arena.allocate(pixels * step) : 0;
  const parts = sharesOf(pixels, crew.parts, TILE).map(([from, to]): Part => {
    const pass = createStruct(arena, PASS);
    pass.set({ vectors, blocks, step, logits, blockBytes, labels, order, previous, terms, termCount });
    pass.set({ splat: splat.list, splatCorners: splat.corners, potts: potts.list, pottsCorners: potts.corners });
    pass.set({ scratch: arena.allocate(2 * TILE * step) });
    return { pass, sums: arena.allocate(24), from, to };
  });
  const [sliced = 0, ...splatted] = Array.from({ length: crew.parts + 1 }, () => arena.allocate(blocks * blockBytes));
  return { kernels, prepared, pixels, lanes, parts, lattices: { sliced, splatted }, blockBytes, blurs, energies };
}
