import type { Compatibility } from '../compatibility.ts';
import type { Buffers } from './buffers.ts';
import type { DeviceKernel, DeviceLattice } from './device-lattice.ts';
import type { ParameterBlock } from './parameters.ts';
import { groupsOf, passOf, type Bound, type Pass } from './passes.ts';
import type { PixelRows } from './pixel-rows.ts';
import type { ShaderName } from './shaders.ts';
import { MIX_KINDS } from './shaders/mix.ts';

/** The way from pixels into lattices. */
export interface Spread {
  readonly passes: readonly Pass[];
  /** Where the blurred rows are in the end. */
  readonly values: GPUBuffer;
}

/** What it takes to plan passes. */
export interface Planning {
  readonly device: GPUDevice;
  readonly pipelineOf: (name: ShaderName) => GPUComputePipeline;
  readonly buffers: Buffers;
  readonly lattice: DeviceLattice;
  readonly parameters: ParameterBlock;
  readonly rows: PixelRows;
}

/** Names of the two buffers that hold rows of vertices, before and after a pass. */
const SIDES = ['values', 'other values'] as const;

const sidesOf = ({ buffers, lattice, rows }: Planning): readonly [GPUBuffer, GPUBuffer] => {
  const [one, other] = SIDES.map((name) => buffers.reserve(name, lattice.vertices * rows.rowBytes));
  return [one!, other!];
};

/** The kernels' things as one range, as kernels lie side by side. */
const rangeOf = (kernels: readonly DeviceKernel[], of: 'vertices' | 'chunks' | 'longVertices') => ({
  from: kernels[0]?.[of].from ?? 0,
  to: kernels.at(-1)?.[of].to ?? 0,
});

/** Plans a pass over a range of things, with a thread for each and each vector. */
function overRange(
  { device, pipelineOf, parameters, rows: { vectors } }: Planning,
  shader: 'splat' | 'join' | 'blur' | 'mix',
  { from, to }: { readonly from: number; readonly to: number },
  more: readonly number[] = [],
): (bound: readonly Bound[]) => Pass {
  const size = parameters.add([vectors, from, to, ...more]);
  return (bound) => passOf(device, pipelineOf(shader), [size, ...bound], groupsOf((to - from) * vectors));
}

/** Sums of what pixels send to vertices. */
function splatPasses(planning: Planning, kernels: readonly DeviceKernel[], pixels: GPUBuffer): Pass[] {
  const { lattice, buffers, rows } = planning;
  const [values] = sidesOf(planning);
  const partials = buffers.reserve('partials', lattice.partials * rows.rowBytes);
  const splat = overRange(planning, 'splat', rangeOf(kernels, 'chunks'));
  const join = overRange(planning, 'join', rangeOf(kernels, 'longVertices'));
  return [
    splat([lattice.chunks, lattice.incidences, pixels, values, partials]),
    join([lattice.longVertices, partials, values]),
  ];
}

/** From pixels to blurred rows of some kernels that lie side by side. @param isReverse blurs in the reverse order of axes: the transposed filter. */
export function planSpread(
  planning: Planning,
  kernels: readonly DeviceKernel[],
  pixels: GPUBuffer,
  isReverse = false,
): Spread {
  const { neighbours } = planning.lattice;
  const axes = neighbours.slice(0, Math.max(0, ...kernels.map(({ corners }) => corners)));
  const blur = overRange(planning, 'blur', rangeOf(kernels, 'vertices'));
  let [before, after] = sidesOf(planning);
  const passes = splatPasses(planning, kernels, pixels);
  for (const axis of isReverse ? axes.toReversed() : axes) {
    passes.push(blur([axis, before, after]));
    [before, after] = [after, before];
  }
  return { passes, values: before };
}

interface Mix {
  readonly kind: number;
  readonly first: number;
}

/** Weights in rows of lanes, one behind the other. */
function listWeights(compatibilities: readonly Compatibility[], { vectors, channels: labels }: PixelRows) {
  const lanes = 4 * vectors;
  const rows: Float32Array[] = [];
  const row = (valueOf: (label: number) => number): void =>
    void rows.push(Float32Array.from({ length: lanes }, (_, label) => (label < labels ? valueOf(label) : 0)));
  const mixes = compatibilities.map((one): Mix => {
    const first = rows.length * vectors;
    if (typeof one === 'number') return { kind: MIX_KINDS.potts, first };
    if ('perLabel' in one) {
      row((label) => one.perLabel[label]!);
      return { kind: MIX_KINDS.perLabel, first };
    }
    const at = (i: number, j: number): number => (i < labels ? one.matrix[i * labels + j]! : 0);
    // its symmetric part
    for (let i = 0; i < lanes; i++) row((j) => (i < labels ? (at(i, j) + at(j, i)) / 2 : 0));
    return { kind: MIX_KINDS.matrix, first };
  });
  const weights = new Float32Array(rows.length * lanes);
  for (const [i, one] of rows.entries()) weights.set(one, i * lanes);
  return { mixes, weights };
}

/** The same with the kernels' weights, but for those that are one number. */
export function planWeightedSpread(
  planning: Planning,
  compatibilities: readonly Compatibility[],
  pixels: GPUBuffer,
): Spread {
  const { buffers, lattice } = planning;
  const { passes, values } = planSpread(planning, lattice.kernels, pixels);
  if (compatibilities.every((one) => typeof one === 'number')) return { passes, values };
  const { mixes, weights } = listWeights(compatibilities, planning.rows);
  const bound = buffers.upload('weights', weights);
  const mixed = sidesOf(planning).find((side) => side !== values)!;
  const mixing = lattice.kernels.map(({ vertices }, k) =>
    overRange(planning, 'mix', vertices, [mixes[k]!.kind, mixes[k]!.first])([bound, values, mixed]),
  );
  return { passes: [...passes, ...mixing], values: mixed };
}
