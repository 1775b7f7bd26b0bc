/** Which elements of a line make up each element of the resized line. */
export interface FilterTaps {
  /** First element read, per output element. */
  readonly first: Uint32Array;
  /** Elements read, per output element. */
  readonly count: Uint32Array;
  /** `stride` weights per output element, the first `count` of which are used. */
  readonly weights: Float64Array;
  readonly stride: number;
}

/** Weights are multiples of this, so that sums of 8-bit values are exact. */
const PRECISION = 2 ** 22;

/**
 * Antialiased bilinear interpolation of a line: a triangle as wide as two input or two output elements, whichever is more.
 *
 * @see Pillow, `src/libImaging/Resample.c`: the same weights, in the same 22 bits after the point
 */
export function filterTaps(input: number, output: number): FilterTaps {
  const scale = input / output;
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const first = new Uint32Array(output);
  const count = new Uint32Array(output);
  const weights = new Float64Array(output * stride);
  for (let out = 0; out < output; out++) {
    const center = (out + 0.5) * scale;
    const from = Math.max(Math.trunc(center - support + 0.5), 0);
    const to = Math.min(Math.trunc(center + support + 0.5), input);
    const own = weights.subarray(out * stride, out * stride + to - from);
    let sum = 0;
    for (let tap = 0; tap < own.length; tap++) {
      own[tap] = Math.max(0, 1 - Math.abs((tap + from - center + 0.5) / support));
      sum += own[tap] as number;
    }
    for (let tap = 0; tap < own.length; tap++)
      own[tap] = Math.floor(((own[tap] as number) / sum) * PRECISION + 0.5) / PRECISION;
    first[out] = from;
    count[out] = own.length;
  }
  return { first, count, weights, stride };
}
