import type { FeatureRange } from './features.ts';

/**
 * How vertices of a lattice become words of 64 bits.
 *
 * A vertex is known by its place along each feature: of its coordinates k, feature i holds (k₀ + … + kᵢ₋₁ − i·kᵢ) / (d + 1), an integer. These
 * lie side by side in the word, the first feature highest. One addition then leads to a neighbour or to another vertex of the simplex, and
 * words in order are vertices in the order of their features.
 */
export interface KeyLayout {
  /** Factors of the features before they are rotated into the plane. */
  readonly scales: Float32Array;
  /** What a word gains on the way to the neighbour along each of d + 1 axes. */
  readonly steps: BigUint64Array;
  /** The word of the vertex at the origin. */
  readonly origin: bigint;
  /** Bits that are used, from the lowest. */
  readonly bits: number;
  /** Bits of the first two features, which axes from the third on do not change; none where there are no others. */
  readonly groupMask: bigint;
}

const WORD_BITS = 64;
/** A simplex extends, and a neighbour lies, at most i away along feature i; rounding adds less than one. */
const marginOf = (feature: number): number => 2 * feature + 2;

/** Odd constants without a pattern, for places that do not fit side by side. Weyl's sequence, mixed as in SplitMix64. */
function scatteredUnit(index: number): bigint {
  let z = BigInt.asUintN(64, BigInt(index + 1) * 0x9e3779b97f4a7c15n);
  z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
  z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
  return (z ^ (z >> 31n)) | 1n;
}

/** What one place along each feature counts in a word, and the place of the word 0. */
function layOutPlaces(ranges: readonly FeatureRange[], scales: Float32Array) {
  const d = ranges.length;
  const places = ranges.map(([low, high], index) => {
    const i = index + 1;
    const scale = (i * (i + 1) * scales[index]!) / (d + 1);
    return [Math.floor(low * scale) - marginOf(i), Math.ceil(high * scale) + marginOf(i)] as const;
  });
  const widths = places.map(([low, high]) => Math.ceil(Math.log2(high - low + 1)));
  const bits = widths.reduce((sum, width) => sum + width, 0);
  if (bits > WORD_BITS)
    return {
      units: places.map((_, i) => scatteredUnit(i)),
      origins: places.map(() => 0),
      bits: WORD_BITS,
      groupMask: 0n,
    };
  let shift = bits;
  const units = widths.map((width) => 1n << BigInt((shift -= width)));
  return {
    units,
    origins: places.map(([low]) => -low),
    bits,
    groupMask: (units[1] ?? 1n) === 1n ? 0n : 2n ** BigInt(bits) - units[1]!,
  };
}

/**
 * Chooses words for features of given ranges.
 *
 * Where places need more than 64 bits, which takes many dimensions, their sums are scattered: two vertices then share a word with a chance of
 * about 1 in 10¹⁷.
 */
export function layOutKeys(ranges: readonly FeatureRange[]): KeyLayout {
  const d = ranges.length;
  // rounded as in the reference: on the border of simplices it decides which vertices there are, and so where a blur ends
  const deviation = Math.fround(Math.sqrt(2 / 3) * (d + 1));
  const scales = Float32Array.from(ranges, (_, i) => (1 / Math.sqrt((i + 1) * (i + 2))) * deviation);
  const { units, origins, ...widths } = layOutPlaces(ranges, scales);
  const origin = units.reduce((sum, unit, i) => sum + unit * BigInt(origins[i]!), 0n);
  const steps = BigUint64Array.from({ length: d + 1 }, (_, axis) => {
    const later = units.slice(axis).reduce((sum, unit) => sum + unit, 0n);
    return BigInt.asUintN(64, axis === 0 ? later : later - BigInt(axis) * units[axis - 1]!);
  });
  return { scales, steps, origin: BigInt.asUintN(64, origin), ...widths };
}
