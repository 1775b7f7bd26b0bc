import { ShapeError } from '@atrous/core';
import type { RgbaImage } from '../rgba-image.ts';
import type { Transform } from './transform.ts';

/** Options of {@link randomBlur}. */
export interface BlurOptions {
  /** Share of pictures that are blurred, 0 … 1; 0.5 by default. */
  readonly probability?: number | undefined;
  /** Standard deviations of the Gaussian in pixels, every one within as likely as the others; 0.1 … 2 by default. */
  readonly sigma?: readonly [low: number, high: number] | undefined;
}

/** Weights of a Gaussian from −3σ to 3σ, of sum 1. */
function kernelOf(sigma: number): Float64Array {
  const radius = Math.ceil(3 * sigma);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) =>
    Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

interface Line {
  /** Numbers of a pixel's neighbours on the line are this far apart. */
  readonly stride: number;
  readonly extent: number;
}

/** Blurs lines that start at the given numbers, colours beyond their ends being those at the ends. */
function blurLines(
  from: Float32Array | Uint8ClampedArray,
  to: Float32Array | Uint8ClampedArray,
  starts: readonly number[],
  { stride, extent }: Line,
  kernel: Float64Array,
): void {
  const radius = (kernel.length - 1) / 2;
  for (const start of starts)
    for (let i = 0; i < extent; i++) {
      let sum = 0;
      for (let tap = 0; tap < kernel.length; tap++) {
        const at = Math.min(Math.max(i + tap - radius, 0), extent - 1);
        sum += kernel[tap]! * from[start + at * stride]!;
      }
      to[start + i * stride] = sum;
    }
}

function blurred({ width, height, data }: RgbaImage, sigma: number): RgbaImage {
  const kernel = kernelOf(sigma);
  const between = new Float32Array(data.length);
  const out = data.slice();
  const startsOf = (count: number, step: number): readonly number[] =>
    Array.from({ length: count * 3 }, (_, i) => Math.floor(i / 3) * step + (i % 3));
  blurLines(data, between, startsOf(height, width * 4), { stride: 4, extent: width }, kernel);
  blurLines(between, out, startsOf(width, 4), { stride: width * 4, extent: height }, kernel);
  return { width, height, data: out };
}

/**
 * Blurs some pictures with a Gaussian of random width. The mask stays.
 *
 * @throws ShapeError when the probability is not within 0 and 1, or the widths are not positive numbers in order.
 */
export function randomBlur({ probability = 0.5, sigma = [0.1, 2] }: BlurOptions = {}): Transform {
  const [low, high] = sigma;
  if (!(probability >= 0 && probability <= 1))
    throw new ShapeError(`a share of ${probability} cannot be blurred; 0 to 1`, { code: 'OPTION' });
  if (!(low > 0 && high >= low && Number.isFinite(high)))
    throw new ShapeError(`pictures cannot be blurred by ${low} to ${high} pixels`, { code: 'OPTION' });
  return ({ image, mask }, random) => {
    if (!random.chance(probability)) return { image, mask };
    return { image: blurred(image, random.uniform(low, high)), mask };
  };
}
