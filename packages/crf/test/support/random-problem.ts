import { createRandom, type Random } from '@atrous/core';
import type { Compatibility, CrfProblem, FieldSpec, KernelSpec, Normalization } from '@atrous/crf';

const NORMALIZATIONS: readonly Normalization[] = ['symmetric', 'before', 'after', 'none'];

/** What may be drawn. */
export interface RandomProblemOptions {
  /** Of width and height each. */
  readonly longestSide: number;
  readonly mostLabels: number;
  /** Default: all four. */
  readonly normalizations?: readonly Normalization[] | undefined;
}

const floats = (length: number, next: () => number): Float32Array => Float32Array.from({ length }, next);

function randomKernel(random: Random, pixels: number, normalization: Normalization): KernelSpec {
  const std = (): number => random.uniform(0.7, 8);
  switch (random.integer(3)) {
    case 0:
      return { kind: 'gaussian', xyStd: random.chance(0.5) ? std() : [std(), std()], normalization };
    case 1:
      return { kind: 'bilateral', xyStd: std(), rgbStd: random.uniform(5, 80), normalization };
    default: {
      const dimensions = 1 + random.integer(7);
      const features = floats(pixels * dimensions, () => random.uniform(-1.5, 1.5));
      return { kind: 'features', dimensions, features, normalization };
    }
  }
}

function randomCompatibility(random: Random, labels: number, scale: number): Compatibility {
  const weight = (): number => random.uniform(0, scale);
  switch (random.integer(3)) {
    case 0:
      return weight();
    case 1:
      return { perLabel: floats(labels, weight) };
    default:
      return { matrix: floats(labels * labels, () => random.uniform(-scale / 2, scale)) };
  }
}

/** A small CRF that follows from its seed: sizes, picture, kernels, weights, unaries. */
export function randomProblem(
  seed: number,
  { longestSide, mostLabels, normalizations = NORMALIZATIONS }: RandomProblemOptions,
): { readonly field: FieldSpec; readonly problem: CrfProblem } {
  const random = createRandom(seed, 'crf');
  const [width, height] = [1 + random.integer(longestSide), 1 + random.integer(longestSide)];
  const pixels = width * height;
  const labels = 2 + random.integer(mostLabels - 1);
  // patches of one colour, and noise
  const colors = Array.from({ length: 3 }, () => [random.integer(256), random.integer(256), random.integer(256)]);
  const noise = random.uniform(0, 40);
  const channels = random.chance(0.5) ? 3 : 4;
  const data = Uint8ClampedArray.from({ length: pixels * channels }, (_, i) => {
    const patch = Math.floor(((Math.floor(i / channels) % width) * 3) / width);
    return (colors[patch]![i % channels] ?? 255) + random.normal() * noise;
  });
  const kernels = Array.from({ length: 1 + random.integer(3) }, () =>
    randomKernel(random, pixels, random.pick(normalizations)),
  );
  return {
    field: { width, height, image: { width, height, data }, kernels },
    problem: {
      labels,
      unary: floats(pixels * labels, () => random.uniform(0, 4)),
      // sums that are not normalised grow with the number of pixels
      compatibilities: kernels.map(({ normalization }) =>
        randomCompatibility(random, labels, normalization === 'none' ? 8 / pixels : 4),
      ),
      iterations: random.integer(6),
    },
  };
}
