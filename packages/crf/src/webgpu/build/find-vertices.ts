import type { FieldSpec } from '../../engine.ts';
import type { KernelSpec } from '../../kernel-spec.ts';
import { dimensionsOf, writeKernelFeatures } from '../../lattice/features.ts';
import { layOutKeys } from '../../lattice/key-layout.ts';
import type { Buffers } from '../buffers.ts';
import { groupsOf } from '../passes.ts';
import { addScan, type Stage } from './stage.ts';

/** Corners of all pixels' simplices, in the order of the pixels. */
export interface Corners {
  /** Of all pixels. */
  readonly count: number;
  readonly dimensions: number;
  /** Slots of the table, less 1. */
  readonly mask: number;
  readonly keys: GPUBuffer;
  readonly weights: GPUBuffer;
  readonly steps: GPUBuffer;
  /** The table, and each corner's slot in it. */
  readonly slots: GPUBuffer;
  readonly places: GPUBuffer;
  /** Of corners that are the first of their vertex, the vertex; behind the last corner's, how many vertices there are. */
  readonly numbers: GPUBuffer;
}

/** A third of the slots stays free even if no two pixels have a corner in common, so that all is found. */
const SLOTS_PER_CORNER = 1.5;

function uploadFeatures(spec: KernelSpec, field: FieldSpec, scratch: Buffers) {
  const pixels = field.width * field.height;
  const values = new Float32Array(pixels * dimensionsOf(spec));
  const { scales, steps, origin } = layOutKeys(writeKernelFeatures(spec, field, { values, pitch: pixels }));
  const words = BigUint64Array.of(...steps, origin);
  return {
    features: scratch.upload('features', values),
    scales: scratch.upload('scales', scales as Float32Array<ArrayBuffer>),
    steps: scratch.upload('steps', new Uint32Array(words.buffer)),
  };
}

/** Finds the corners of all pixels, and numbers the vertices that they are. */
export function findVertices(stage: Stage, spec: KernelSpec, field: FieldSpec): Corners {
  const { scratch } = stage;
  const pixels = field.width * field.height;
  const dimensions = dimensionsOf(spec);
  const count = pixels * (dimensions + 1);
  const { features, scales, steps } = uploadFeatures(spec, field, scratch);
  const mask = 2 ** Math.ceil(Math.log2(SLOTS_PER_CORNER * count)) - 1;
  const [keys, weights] = [scratch.reserve('keys', 8 * count), scratch.reserve('weights', 4 * count)];
  const [slots, places] = [scratch.reserve('slots', 4 * (mask + 1)), scratch.reserve('places', 4 * count)];
  const numbers = scratch.reserve('numbers', 4 * (count + 1));
  const groups = groupsOf(count);
  stage.add('embed', [pixels, dimensions, pixels], [features, scales, steps, keys, weights], groupsOf(pixels));
  stage.add('claim', [count, mask], [keys, slots, places], groups);
  stage.add('elect', [count], [places, slots], groups);
  stage.add('flag', [count], [places, slots, numbers], groups);
  addScan(stage, numbers, count + 1, 'numbers');
  return { count, dimensions, mask, keys, weights, steps, slots, places, numbers };
}
