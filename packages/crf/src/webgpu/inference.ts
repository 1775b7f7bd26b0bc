import type { CrfProblem } from '../engine.ts';
import type { Buffers } from './buffers.ts';
import type { DeviceLattice } from './device-lattice.ts';
import { createParameterBlock } from './parameters.ts';
import { passOf, submit, type Pass } from './passes.ts';
import { pixelRows, type PixelRows } from './pixel-rows.ts';
import type { Session } from './session.ts';
import type { ShaderName } from './shaders.ts';
import { SOURCES } from './shaders/logits.ts';
import { planWeightedSpread, type Planning } from './spread.ts';
import { uploadTerms } from './terms.ts';

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
export function shadersFor({ compatibilities, diagnostics }: CrfProblem): readonly ShaderName[] {
  const isMixed = compatibilities.some((one) => typeof one !== 'number');
  return [
    'splat',
    'join',
    'blur',
    'update',
    ...(isMixed ? ['mix' as const] : []),
    ...(diagnostics ? ['measure' as const] : []),
  ];
}

/** Messages are binary logits, and weights that are not one number are in the values already. */
const termsOf = ({ kernels }: DeviceLattice, { compatibilities }: CrfProblem) =>
  kernels.map(({ firstCorner, corners, scale }, k) => {
    const compatibility = compatibilities[k]!;
    const weight = typeof compatibility === 'number' ? compatibility : 1;
    return { firstCorner, corners, weight: weight * scale * Math.LOG2E };
  });

/** Structures of parameters beside those of kernels. */
const STRUCTURES = 8;

/** Places a problem on the device. */
export function planInference(
  { device }: Session,
  pipelineOf: Planning['pipelineOf'],
  buffers: Buffers,
  lattice: DeviceLattice,
  problem: CrfProblem,
): Inference {
  const { labels, unary, compatibilities, stopBelow = 0, diagnostics = false } = problem;
  const rows = pixelRows(lattice.pixels, labels);
  const parameters = createParameterBlock(device, buffers, STRUCTURES + lattice.kernels.length);
  const marginals = buffers.reserve('marginals', rows.bytes);
  const planning = { ...{ device, pipelineOf, buffers, lattice, parameters, rows } };
  const spread = planWeightedSpread(planning, compatibilities, marginals);
  const given = buffers.upload('given', unary as Float32Array<ArrayBuffer>);
  const heard = [uploadTerms(termsOf(lattice, problem), buffers), lattice.corners, spread.values, given, marginals];
  const change = buffers.reserve('change', 4);
  const sums = buffers.reserve('sums', diagnostics ? 12 * rows.groups : 4);
  const { pixels, vectors, pixelsPerGroup, groups } = rows;
  const shape = [pixels, labels, vectors, pixelsPerGroup, lattice.kernels.length, SOURCES.energies];
  const updating = (hears: number, compares: number): Pass =>
    passOf(device, pipelineOf('update'), [parameters.add([...shape, hears, compares]), ...heard, change], groups);
  const plan = {
    ...{ rows, marginals, change, sums, spread: spread.passes },
    begin: updating(0, 0),
    update: updating(1, stopBelow > 0 ? 1 : 0),
    measure: diagnostics
      ? passOf(device, pipelineOf('measure'), [parameters.add(shape), ...heard, sums], groups)
      : undefined,
  };
  parameters.upload();
  return plan;
}

/** Makes some steps. */
export function submitSteps(device: GPUDevice, { spread, update }: Inference, count: number): void {
  submit(device, Array.from({ length: count }, () => [...spread, update]).flat());
}
