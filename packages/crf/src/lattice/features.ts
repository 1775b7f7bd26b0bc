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

/** A kernel whose features are positions, and maybe colours. */
type PictureKernel = Exclude<KernelSpec, { kind: 'features' }>;

/** Features of each column, of each row, and of the 256 steps of each colour. */
export type FeatureTables = readonly [columns: Float32Array, rows: Float32Array, ...colors: Float32Array[]];

/** What the features of a picture's pixels are taken from. */
export function tablesOf(kernel: PictureKernel, { width, height }: Pick<FieldSpec, 'width' | 'height'>): FeatureTables {
  const table = (length: number, std: number) => Float32Array.from({ length }, (_, i) => i / std);
  const [x = NaN, y = NaN] = toList(kernel.xyStd, 2);
  const colors = kernel.kind === 'bilateral' ? toList(kernel.rgbStd, 3) : [];
  return [table(width, x), table(height, y), ...colors.map((std) => table(256, std))];
}

/** The ranges of what tables hold. */
export const rangesOf = (tables: FeatureTables): FeatureRange[] => tables.map((table) => [0, table.at(-1)!]);

function writePositions({ values, pitch }: FeaturePlanes, [columns, rows]: FeatureTables): void {
  const width = columns.length;
  for (const [y, row] of rows.entries()) {
    values.set(columns, y * width);
    values.fill(row, pitch + y * width, pitch + (y + 1) * width);
  }
}

function writeColors(planes: FeaturePlanes, { data, width, height }: CrfImage, [, , ...colors]: FeatureTables): void {
  const pixels = width * height;
  const channels = data.length / pixels;
  for (const [c, scaled] of colors.entries()) {
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
  const tables = tablesOf(kernel, field);
  writePositions(planes, tables);
  if (kernel.kind === 'bilateral') writeColors(planes, field.image as CrfImage, tables);
  return rangesOf(tables);
}
