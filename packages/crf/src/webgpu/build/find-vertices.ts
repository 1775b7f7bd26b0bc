import type { KernelSpec } from '../../kernel-spec.ts';
import { dimensionsOf, rangesOf, tablesOf, writeKernelFeatures, type FeatureTables } from '../../lattice/features.ts';
import { layOutKeys, type KeyLayout } from '../../lattice/key-layout.ts';
import type { Buffers } from '../buffers.ts';
import { isOnDevice, type DeviceFieldSpec, type DeviceImage } from '../device-image.ts';
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

/** Writes features on the device, from a picture that is there. @returns the range of each. */
function paintFeatures(stage: Stage, tables: FeatureTables, { texture }: DeviceImage, features: GPUBuffer) {
  const { width, height } = texture;
  const numbers = Float32Array.from(tables.flatMap((table) => [...table]));
  const bound = [stage.scratch.upload('tables', numbers), texture.createView(), features];
  stage.add('paint', [width * height, width, height], bound, groupsOf(width * height));
  return rangesOf(tables);
}

/** Features of all pixels in planes, and the range of each. */
function placeFeatures(stage: Stage, spec: KernelSpec, field: DeviceFieldSpec) {
  const { image, ...sized } = field;
  const pixels = field.width * field.height;
  const length = pixels * dimensionsOf(spec);
  if (spec.kind === 'bilateral' && isOnDevice(image)) {
    const features = stage.scratch.reserve('features', 4 * length);
    return { features, ranges: paintFeatures(stage, tablesOf(spec, field), image, features) };
  }
  const values = new Float32Array(length);
  const host = isOnDevice(image) ? sized : { ...sized, image };
  const ranges = writeKernelFeatures(spec, host, { values, pitch: pixels });
  return { features: stage.scratch.upload('features', values), ranges };
}

function uploadLayout({ scales, steps, origin }: KeyLayout, scratch: Buffers) {
  const words = BigUint64Array.of(...steps, origin);
  return {
    scales: scratch.upload('scales', scales as Float32Array<ArrayBuffer>),
    steps: scratch.upload('steps', new Uint32Array(words.buffer)),
  };
}

/** Finds the corners of all pixels, and numbers the vertices that they are. */
export function findVertices(stage: Stage, spec: KernelSpec, field: DeviceFieldSpec): Corners {
  const { scratch } = stage;
  const pixels = field.width * field.height;
  const dimensions = dimensionsOf(spec);
  const count = pixels * (dimensions + 1);
  const { features, ranges } = placeFeatures(stage, spec, field);
  const { scales, steps } = uploadLayout(layOutKeys(ranges), scratch);
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
