import type { Compatibility, CrfProblem, FieldSpec, KernelSpec } from '@atrous/crf';
import type { GoldenArray } from '@atrous/testing/golden';
import { argmaxOf } from './argmax-of.ts';
import type { CrfGoldenCase, CrfGoldenTerm } from './crf-file.ts';

/** Reads an array by its name in the index. */
export type ReadArray = (file: string) => GoldenArray;

/** Energies are stored as multiples of this where they are stored as whole numbers. */
const ENERGY_STEP = 1 / 4096;

/** `[rows, columns]` as `[columns, rows]`: goldens have the pixels of a label side by side, we the labels of a pixel. */
function transposed(data: ArrayLike<number>, rows: number, scale = 1): Float32Array {
  const columns = data.length / rows;
  return Float32Array.from(
    { length: data.length },
    (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]! * scale,
  );
}

function kernelOf(term: CrfGoldenTerm, read: ReadArray): KernelSpec {
  const normalization = term.norm === 'no' ? 'none' : term.norm;
  switch (term.kind) {
    case 'gaussian':
      return { kind: 'gaussian', xyStd: term.sxy, normalization };
    case 'bilateral':
      return { kind: 'bilateral', xyStd: term.sxy, rgbStd: term.srgb, normalization };
    case 'features': {
      const { data, shape } = read(term.features);
      const [dimensions = 0] = shape;
      return { kind: 'features', dimensions, features: transposed(data, dimensions), normalization };
    }
    default:
      return term satisfies never;
  }
}

const negated = (numbers: readonly number[]): Float32Array => Float32Array.from(numbers, (number) => -number);

function compatibilityOf({ compat }: CrfGoldenTerm): Compatibility {
  if (typeof compat === 'number') return compat;
  const isMatrix = compat.some((row) => typeof row === 'object');
  return isMatrix ? { matrix: negated(compat.flat()) } : { perLabel: negated(compat as readonly number[]) };
}

/** The field of a case. */
export function fieldOf({ shape: [height, width], image, terms }: CrfGoldenCase, read: ReadArray): FieldSpec {
  const data = read(image).data as Uint8Array;
  return { width, height, image: { width, height, data }, kernels: terms.map((term) => kernelOf(term, read)) };
}

/** The inference of a case, but for the number of iterations. */
export function problemOf({ labels, unary, terms }: CrfGoldenCase, read: ReadArray): Omit<CrfProblem, 'iterations'> {
  const { data } = read(unary);
  return {
    labels,
    unary: transposed(data, labels, data instanceof Uint16Array ? ENERGY_STEP : 1),
    compatibilities: terms.map(compatibilityOf),
  };
}

/** Marginals that a case expects after some number of iterations. */
export interface ExpectedMarginals {
  /** Pixels that they are of; all when absent. */
  readonly pixels?: ArrayLike<number> | undefined;
  /** `[pixels, labels]`. */
  readonly marginals: Float32Array;
  /** Of all pixels. */
  readonly argmax: ArrayLike<number>;
}

const slice = ({ data, shape: [counts = 1] }: GoldenArray, at: number) =>
  data.subarray((at * data.length) / counts, ((at + 1) * data.length) / counts);

/**
 * What a case expects after so many iterations.
 *
 * @param of whose numbers: pydensecrf's, or those of the sums over all pairs.
 * @returns undefined when the case has none.
 */
export function expectedMarginals(
  golden: CrfGoldenCase,
  of: 'reference' | 'exact',
  count: number,
  read: ReadArray,
): ExpectedMarginals | undefined {
  const { labels, iterations, exact_iterations: exactIterations = [], sample_iterations: sampled = [] } = golden;
  const isExact = of === 'exact';
  const whole = isExact ? golden.exact : golden.q;
  if (whole !== undefined) {
    const at = (isExact ? exactIterations : iterations).indexOf(count);
    if (at < 0) return undefined;
    const marginals = transposed(slice(read(whole), at), labels);
    return { marginals, argmax: argmaxOf(marginals, labels) };
  }
  const [some, argmax] = isExact ? [golden.exact_sampled, golden.exact_argmax] : [golden.q_sampled, golden.argmax];
  const at = (isExact ? exactIterations : sampled).indexOf(count);
  if (at < 0 || some === undefined || argmax === undefined || golden.sample_pixels === undefined) return undefined;
  return {
    pixels: read(golden.sample_pixels).data,
    marginals: transposed(slice(read(some), at), labels),
    argmax: slice(read(argmax), at),
  };
}
