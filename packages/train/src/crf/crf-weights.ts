import type { Compatibility } from '@atrous/crf';

/** The numbers of a compatibility, and how they are laid out. */
interface WeightNumbers {
  readonly numbers: Float32Array;
  readonly shape: readonly number[];
}

/** The numbers that are learnt: one, `[labels]` or `[labels, labels]`. */
export function numbersOf(weight: Compatibility, labels: number): WeightNumbers {
  if (typeof weight === 'number') return { numbers: Float32Array.of(weight), shape: [1] };
  if ('perLabel' in weight) return { numbers: weight.perLabel, shape: [labels] };
  return { numbers: weight.matrix, shape: [labels, labels] };
}

/** A compatibility of the same form with other numbers. */
export function withNumbers(weight: Compatibility, numbers: Float32Array): Compatibility {
  if (typeof weight === 'number') return numbers[0]!;
  return 'perLabel' in weight ? { perLabel: numbers } : { matrix: numbers };
}

/**
 * Adds A·x of each pixel to `sums`, `[pixels, labels]`, where A is the symmetric matrix that a compatibility stands for. As A is symmetric, this
 * is also the way back.
 */
export function addWeighted(sums: Float32Array, weight: Compatibility, x: Float32Array, labels: number): void {
  if (typeof weight === 'number') {
    for (let i = 0; i < x.length; i++) sums[i]! += weight * x[i]!;
  } else if ('perLabel' in weight) {
    for (let i = 0; i < x.length; i++) sums[i]! += weight.perLabel[i % labels]! * x[i]!;
  } else {
    const { matrix } = weight;
    const drawn = matrix.map((entry, at) => (entry + matrix[(at % labels) * labels + Math.floor(at / labels)]!) / 2);
    for (let start = 0; start < x.length; start += labels)
      for (let to = 0; to < labels; to++)
        for (let from = 0; from < labels; from++) sums[start + to]! += drawn[to * labels + from]! * x[start + from]!;
  }
}

/**
 * Adds to `sums` how a scalar changes with the numbers of a compatibility.
 *
 * @param gradient the scalar's gradient by A·x, `[pixels, labels]`.
 */
export function addWeightGradient(
  sums: Float64Array,
  weight: Compatibility,
  gradient: Float32Array,
  x: Float32Array,
  labels: number,
): void {
  if (typeof weight === 'number') {
    for (let i = 0; i < x.length; i++) sums[0]! += gradient[i]! * x[i]!;
  } else if ('perLabel' in weight) {
    for (let i = 0; i < x.length; i++) sums[i % labels]! += gradient[i]! * x[i]!;
  } else {
    for (let start = 0; start < x.length; start += labels)
      for (let to = 0; to < labels; to++)
        for (let from = 0; from < labels; from++) {
          const half = (gradient[start + to]! * x[start + from]!) / 2;
          sums[to * labels + from]! += half;
          sums[from * labels + to]! += half;
        }
  }
}
