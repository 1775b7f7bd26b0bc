import type { FieldSpec } from '../engine.ts';
import type { CrfImage, KernelSpec } from '../kernel-spec.ts';

/** Features of all pixels in planes, one for each dimension, `pitch` numbers apart. */
export interface FeaturePlanes {
  readonly values: Float32Array;
  readonly pitch: number;
}

/** Least and greatest value of a feature. */
export type FeatureRange = readonly [low: number, high: number];

const toList = (std: number | readonly number[], count: number): readonly number[] =>
  // float32, as what is divided by them: the same quotients as with numbers of single precision throughout
  (typeof std === 'number' ? Array<number>(count).fill(std) : std).map(Math.fround);

function writePositions({ values, pitch }: FeaturePlanes, { width, height }: FieldSpec, std: readonly number[]): void {
  const columns = Float32Array.from({ length: width }, (_, x) => x / std[0]!);
  for (let y = 0; y < height; y++) {
    values.set(columns, y * width);
    values.fill(y / std[1]!, pitch + y * width, pitch + (y + 1) * width);
  }
}

function writeColors(planes: FeaturePlanes, { data }: CrfImage, pixels: number, std: readonly number[]): void {
  const channels = data.length / pixels;
  for (const [c, one] of std.entries()) {
    const scaled = Float32Array.from({ length: 256 }, (_, color) => color / one);
    const plane = planes.values.subarray((2 + c) * planes.pitch);
    for (let pixel = 0; pixel < pixels; pixel++) plane[pixel] = scaled[data[pixel * channels + c]!]!;
  }
}

function writeFeatures({ values, pitch }: FeaturePlanes, features: Float32Array, dimensions: number): FeatureRange[] {
  const pixels = features.length / dimensions;
  return Array.from({ length: dimensions }, (_, d) => {
    let [low, high] = [Infinity, -Infinity];
    for (let pixel = 0; pixel < pixels; pixel++) {
      const value = features[pixel * dimensions + d]!;
      values[d * pitch + pixel] = value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return [low, high];
  });
}

/** Features of each pixel. */
export function dimensionsOf(kernel: KernelSpec): number {
  switch (kernel.kind) {
    case 'gaussian':
      return 2;
    case 'bilateral':
      return 5;
    case 'features':
      return kernel.dimensions;
    default:
      return kernel satisfies never;
  }
}

/** Writes the features of a kernel. @returns the range of each. */
export function writeKernelFeatures(kernel: KernelSpec, field: FieldSpec, planes: FeaturePlanes): FeatureRange[] {
  if (kernel.kind === 'features') return writeFeatures(planes, kernel.features, kernel.dimensions);
  const xyStd = toList(kernel.xyStd, 2);
  writePositions(planes, field, xyStd);
  const ranges: FeatureRange[] = [
    [0, (field.width - 1) / xyStd[0]!],
    [0, (field.height - 1) / xyStd[1]!],
  ];
  if (kernel.kind === 'gaussian') return ranges;
  const rgbStd = toList(kernel.rgbStd, 3);
  writeColors(planes, field.image as CrfImage, field.width * field.height, rgbStd);
  return [...ranges, ...rgbStd.map((std): FeatureRange => [0, 255 / std])];
}
