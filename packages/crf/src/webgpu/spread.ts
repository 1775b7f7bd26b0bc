import type { Compatibility } from '../compatibility.ts';
import type { DeviceKernel } from './device-kernel.ts';
import { groupsOf, passOf, type Bound, type Pass } from './passes.ts';
import type { Plan } from './plan.ts';

/** The way from pixels into a kernel's lattice. */
export interface Spread {
  readonly passes: readonly Pass[];
  /** Where the blurred rows are in the end. */
  readonly values: GPUBuffer;
}

/** Plans passes over so many things, with a thread for each and each vector. */
function over(
  { device, pipelineOf, parameters, rows: { vectors } }: Plan,
  shader: 'splat' | 'join' | 'blur' | 'mix',
  count: number,
  ...more: readonly number[]
): (...bound: readonly Bound[]) => Pass {
  const size = parameters.add([vectors, count, ...more]);
  return (...bound) => passOf(device, pipelineOf(shader), [size, ...bound], groupsOf(count * vectors));
}

/** From pixels to blurred rows of a kernel. @param isReverse blurs in the reverse order of axes: the transposed filter. */
export function planSpread(plan: Plan, kernel: DeviceKernel, pixels: GPUBuffer, isReverse = false): Spread {
  const { lists, neighbours } = kernel;
  const splat = over(plan, 'splat', kernel.chunks);
  const join = over(plan, 'join', kernel.longVertices);
  const blur = over(plan, 'blur', kernel.vertices);
  let [before, after] = plan.sides;
  const passes = [
    splat(lists.chunks, lists.incidences, pixels, before, plan.partials),
    join(lists.longVertices, plan.partials, before),
  ];
  for (const axis of isReverse ? neighbours.toReversed() : neighbours) {
    passes.push(blur(axis, before, after));
    [before, after] = [after, before];
  }
  return { passes, values: before };
}

/** The same with weights that are not one number. @param weights as of `laneWeights`, on the device. */
export function planMixedSpread(
  plan: Plan,
  kernel: DeviceKernel,
  pixels: GPUBuffer,
  compatibility: Exclude<Compatibility, number>,
  weights: GPUBuffer,
): Spread {
  const { passes, values } = planSpread(plan, kernel, pixels);
  const mixed = plan.sides.find((side) => side !== values)!;
  const mix = over(plan, 'mix', kernel.vertices, 'matrix' in compatibility ? 1 : 0);
  return { passes: [...passes, mix(weights, values, mixed)], values: mixed };
}
