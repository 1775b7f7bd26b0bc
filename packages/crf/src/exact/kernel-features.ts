import type { FieldSpec } from '../engine.ts';
import type { CrfImage, KernelSpec } from '../kernel-spec.ts';

/** Where the pixels of a field lie for one kernel. */
export interface KernelFeatures {
  readonly dimensions: number;
  /** `[pixels, dimensions]`, in standard deviations. */
  readonly values: Float64Array;
}

const pair = (std: number | readonly [number, number]): readonly [number, number] =>
  typeof std === 'number' ? [std, std] : std;

const triple = (std: number | readonly [number, number, number]): readonly [number, number, number] =>
  typeof std === 'number' ? [std, std, std] : std;

function writePositions(values: Float64Array, dimensions: number, width: number, std: readonly [number, number]): void {
  const pixels = values.length / dimensions;
  for (let pixel = 0; pixel < pixels; pixel++) {
    values[pixel * dimensions] = (pixel % width) / std[0];
    values[pixel * dimensions + 1] = Math.floor(pixel / width) / std[1];
  }
}

function writeColors(
  values: Float64Array,
  dimensions: number,
  { data }: CrfImage,
  std: readonly [number, number, number],
): void {
  const pixels = values.length / dimensions;
  const channels = data.length / pixels;
  for (let pixel = 0; pixel < pixels; pixel++)
    for (let c = 0; c < 3; c++) values[pixel * dimensions + 2 + c] = data[pixel * channels + c]! / std[c]!;
}

/** The features of every pixel: position for a gaussian kernel, position and colour for a bilateral one, or those given. */
export function kernelFeatures(kernel: KernelSpec, { width, height, image }: FieldSpec): KernelFeatures {
  if (kernel.kind === 'features') return { dimensions: kernel.dimensions, values: Float64Array.from(kernel.features) };
  const dimensions = kernel.kind === 'gaussian' ? 2 : 5;
  const values = new Float64Array(width * height * dimensions);
  writePositions(values, dimensions, width, pair(kernel.xyStd));
  if (kernel.kind === 'bilateral') writeColors(values, dimensions, image as CrfImage, triple(kernel.rgbStd));
  return { dimensions, values };
}
