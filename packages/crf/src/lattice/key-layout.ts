import type { FeatureRange } from './features.ts';

/**
 * How vertices of a lattice become words of 64 bits.
 *
 * A vertex' coordinates are all the same modulo d + 1. The word has this remainder in its low 5 bits, and the sum of quotients times
 * strides above: one subtraction gives the next vertex of a simplex, or a neighbour.
 */
export interface KeyLayout {
  /** Factors of the features before they are rotated into the plane. */
  readonly scales: Float32Array;
  /** For each of d + 1 coordinates, the last of which follows from the others. */
  readonly strides: BigUint64Array;
  /** Least quotient of each coordinate. */
  readonly bases: Int32Array;
  /** What a key of remainder 0 gains on the way to remainder d. */
  readonly wrap: bigint;
}

const REMAINDER_BITS = 5;
/** Rounding moves quotients by one, corners and neighbours by one more each. */
const MARGIN = 4;

/** Least and greatest position on each coordinate of the plane. */
function elevatedRanges(ranges: readonly FeatureRange[], scales: Float32Array): FeatureRange[] {
  const elevated: FeatureRange[] = [];
  let [low, high] = [0, 0];
  for (let j = ranges.length; j > 0; j--) {
    const [least, most] = ranges[j - 1]!.map((end) => end * scales[j - 1]!) as [number, number];
    elevated.unshift([low - j * most, high - j * least]);
    low += least;
    high += most;
  }
  return [[low, high], ...elevated];
}

/** Odd constants without a pattern, for coordinates whose quotients do not fit side by side. Weyl's sequence, mixed as in SplitMix64. */
function scatteredStride(index: number): bigint {
  let z = BigInt.asUintN(64, BigInt(index + 1) * 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return BigInt.asUintN(64, ((z ^ (z >> 31n)) | 1n) << BigInt(REMAINDER_BITS));
}

/**
 * Chooses strides for features of given ranges.
 *
 * Where quotients need more than 64 bits, which takes many dimensions, strides are scattered: two vertices then share a word with a chance
 * of about 1 in 10¹⁷.
 */
export function layOutKeys(ranges: readonly FeatureRange[]): KeyLayout {
  const d = ranges.length;
  // rounded as in the reference: on the border of simplices it decides which vertices there are, and so where a blur ends
  const deviation = Math.fround(Math.sqrt(2 / 3) * (d + 1));
  const scales = Float32Array.from(ranges, (_, i) => (1 / Math.sqrt((i + 1) * (i + 2))) * deviation);
  const quotients = elevatedRanges(ranges, scales)
    .slice(0, d)
    .map(([low, high]) => [Math.floor(low / (d + 1)) - MARGIN, Math.ceil(high / (d + 1)) + MARGIN] as const);
  const bits = quotients.map(([low, high]) => Math.ceil(Math.log2(high - low + 1)));
  const fits = bits.reduce((sum, one) => sum + one, REMAINDER_BITS) <= 64;
  const strides = new BigUint64Array(d + 1);
  let shift = REMAINDER_BITS;
  for (const [i, width] of bits.entries()) {
    strides[i] = fits ? 1n << BigInt(shift) : scatteredStride(i);
    shift += width;
  }
  const sum = strides.reduce((total, stride) => total + stride, 0n);
  return {
    scales,
    strides,
    bases: Int32Array.from([...quotients.map(([low]) => (fits ? low : 0)), 0]),
    wrap: BigInt.asIntN(64, BigInt(d) - sum),
  };
}
