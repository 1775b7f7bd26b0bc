import type { Pace } from '@atrous/core';
import type { Normalization } from '../kernel-spec.ts';
import { gaussianSums } from './gaussian-sums.ts';
import type { KernelFeatures } from './kernel-features.ts';

/** A kernel whose norms are known. */
export interface ExactKernel {
  readonly bytes: number;
  /** Filters `[pixels, channels]`; its transpose when asked for. */
  filter(values: Float64Array, channels: number, pace: Pace, transpose?: boolean): Promise<Float64Array>;
}

/** Keeps the norm of a pixel that resembles no other finite, as in pydensecrf. */
const EPSILON = 1e-20;

/** What is multiplied to a pixel's values before the sums and to the sums after them. */
interface Scales {
  readonly before?: Float64Array;
  readonly after?: Float64Array;
}

function scalesOf(normalization: Normalization, norms: Float64Array): Scales {
  switch (normalization) {
    case 'none':
      return {};
    case 'before':
      return { before: norms.map((norm) => 1 / (norm + EPSILON)) };
    case 'after':
      return { after: norms.map((norm) => 1 / (norm + EPSILON)) };
    case 'symmetric': {
      const roots = norms.map((norm) => 1 / Math.sqrt(norm + EPSILON));
      return { before: roots, after: roots };
    }
    default:
      return normalization satisfies never;
  }
}

const scaled = (values: Float64Array, channels: number, scale: Float64Array | undefined): Float64Array =>
  scale === undefined ? values : values.map((value, i) => value * scale[Math.floor(i / channels)]!);

/** Computes a kernel's norms, n = K·1, where its normalisation needs them. */
export async function exactKernel(
  features: KernelFeatures,
  normalization: Normalization,
  pace: Pace,
): Promise<ExactKernel> {
  const pixels = features.values.length / features.dimensions;
  const ones = new Float64Array(pixels).fill(1);
  const norms = normalization === 'none' ? ones : await gaussianSums(features, ones, 1, pace);
  const { before, after } = scalesOf(normalization, norms);
  return {
    bytes: features.values.byteLength + (before?.byteLength ?? 0) + (after && after !== before ? after.byteLength : 0),
    async filter(values, channels, pace, transpose = false) {
      // the sums are symmetric: the transpose swaps the scales
      const [first, last] = transpose ? [after, before] : [before, after];
      return scaled(await gaussianSums(features, scaled(values, channels, first), channels, pace), channels, last);
    },
  };
}
