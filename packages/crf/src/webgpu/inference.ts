import type { Buffers } from './buffers.ts';
import type { DeviceKernel } from './device-kernel.ts';
import type { DeviceProblem } from './device-problem.ts';
import { laneWeights } from './lane-weights.ts';
import { floatBits } from './parameters.ts';
import { passOf, submit, type Pass } from './passes.ts';
import { pixelRows, type PixelRows } from './pixel-rows.ts';
import { createPlan, type Plan } from './plan.ts';
import type { Session } from './session.ts';
import type { ShaderName } from './shaders.ts';
import { SOURCES } from './shaders/logits.ts';
import { planMixedSpread, planSpread, type Spread } from './spread.ts';

/** A problem on a device, as passes to submit again and again. */
export interface Inference {
  readonly rows: PixelRows;
  /** Q in rows of lanes. */
  readonly marginals: GPUBuffer;
  /** The softmax of what is known of the pixels. */
  readonly begin: Pass;
  /** From marginals to messages. */
  readonly spread: readonly Pass[];
  /** From messages to marginals. */
  readonly update: Pass;
  /** The largest change of a marginal, as bits; to be cleared before. */
  readonly change: GPUBuffer;
  /** Three sums for each group of pixels, once `spread` has seen the marginals. */
  readonly measure: Pass | undefined;
  readonly sums: GPUBuffer;
}

/** Programs that a problem needs. */
export function shadersFor({ compatibilities, diagnostics }: DeviceProblem): readonly ShaderName[] {
  const needed: ShaderName[] = ['splat', 'join', 'blur', 'update'];
  if (compatibilities.length > 1) needed.push('slice');
  if (compatibilities.some((one) => typeof one !== 'number')) needed.push('mix');
  if (diagnostics) needed.push('measure');
  return needed;
}

/** The last kernel's messages, which pixels take from its lattice themselves, and those before it. */
interface Heard {
  readonly passes: readonly Pass[];
  /** Corners and weight of the last kernel. */
  readonly size: readonly [corners: number, weight: number];
  readonly bound: readonly [corners: GPUBuffer, values: GPUBuffer, received: GPUBuffer];
  /** Whether there was any, and any before it. */
  readonly flags: readonly [hears: number, adds: number];
}

/** A problem in its place. */
interface Place {
  readonly plan: Plan;
  readonly buffers: Buffers;
  readonly kernels: readonly DeviceKernel[];
  readonly problem: DeviceProblem;
  readonly marginals: GPUBuffer;
}

function spreadOf({ plan, buffers, kernels, problem, marginals }: Place, k: number): Spread {
  const compatibility = problem.compatibilities[k]!;
  if (typeof compatibility === 'number') return planSpread(plan, kernels[k]!, marginals);
  const weights = buffers.upload(`weights ${k}`, laneWeights(compatibility, problem.labels, 4 * plan.rows.vectors));
  return planMixedSpread(plan, kernels[k]!, marginals, compatibility, weights);
}

/** Messages are binary logits; weights that are not one number are in the values already. */
function weightOf({ kernels, problem }: Place, k: number): number {
  const compatibility = problem.compatibilities[k]!;
  return floatBits((typeof compatibility === 'number' ? compatibility : 1) * kernels[k]!.scale * Math.LOG2E);
}

function planMessages(place: Place): Heard {
  const { plan, buffers, kernels } = place;
  const { device, pipelineOf, parameters, rows } = plan;
  const received = buffers.reserve('received', kernels.length > 1 ? rows.bytes : 0);
  const passes: Pass[] = [];
  let heard: Pick<Heard, 'size' | 'bound'> = { size: [0, 0], bound: [received, plan.sides[0], received] };
  for (const [k, { corners, lists }] of kernels.entries()) {
    const spread = spreadOf(place, k);
    passes.push(...spread.passes);
    heard = { size: [corners, weightOf(place, k)], bound: [lists.corners, spread.values, received] };
    if (k === kernels.length - 1) break;
    const size = parameters.add([...shapeOf(plan), ...heard.size, 0, 1, k === 0 ? 0 : 1]);
    passes.push(passOf(device, pipelineOf('slice'), [size, ...heard.bound], rows.groups));
  }
  return { ...heard, passes, flags: [Math.min(1, kernels.length), kernels.length > 1 ? 1 : 0] };
}

const shapeOf = ({ rows: { pixels, channels, vectors, pixelsPerGroup } }: Plan): readonly number[] => [
  ...[pixels, channels, vectors, pixelsPerGroup],
];

/** What is known of the pixels: where the caller has it on the device, or in a copy. */
function placeGiven(buffers: Buffers, { unary, labels }: DeviceProblem, pixels: number) {
  if (unary instanceof Float32Array)
    return { given: buffers.upload('given', unary as Float32Array<ArrayBuffer>), source: SOURCES.energies };
  const { buffer, offset = 0, holds = 'energies' } = unary;
  return { given: { buffer, offset, size: 4 * pixels * labels }, source: SOURCES[holds] };
}

/** Places a problem on the device. */
export function planInference(
  session: Session,
  pipelineOf: Plan['pipelineOf'],
  buffers: Buffers,
  { kernels, pixels }: { readonly kernels: readonly DeviceKernel[]; readonly pixels: number },
  problem: DeviceProblem,
): Inference {
  const { labels, stopBelow = 0, diagnostics = false } = problem;
  const rows = pixelRows(pixels, labels);
  const plan = createPlan(session, pipelineOf, buffers, kernels, rows);
  const marginals = buffers.reserve('marginals', rows.bytes);
  const heard = planMessages({ plan, buffers, kernels, problem, marginals });
  const { given, source } = placeGiven(buffers, problem, pixels);
  const change = buffers.reserve('change', 4);
  const sums = buffers.reserve('sums', diagnostics ? 12 * rows.groups : 0);
  const perPixel = (shader: 'update' | 'measure', flags: readonly number[], last: GPUBuffer): Pass => {
    const size = plan.parameters.add([...shapeOf(plan), ...heard.size, source, ...flags]);
    return passOf(session.device, pipelineOf(shader), [size, ...heard.bound, given, marginals, last], rows.groups);
  };
  const inference = {
    ...{ rows, marginals, change, sums, spread: heard.passes },
    begin: perPixel('update', [0, 0, 0], change),
    update: perPixel('update', [...heard.flags, stopBelow > 0 ? 1 : 0], change),
    measure: diagnostics ? perPixel('measure', heard.flags, sums) : undefined,
  };
  plan.parameters.upload();
  return inference;
}

/** Makes some steps. */
export function submitSteps(device: GPUDevice, { spread, update }: Inference, count: number): void {
  submit(device, Array.from({ length: count }, () => [...spread, update]).flat());
}
