/** A kernel of a case, in the words of pydensecrf. */
interface CrfTerm {
  readonly norm: 'no' | 'before' | 'after' | 'symmetric';
  /** A number rewards agreement; a list and a matrix are penalties, so that both have the other sign. */
  readonly compat: number | readonly number[] | readonly (readonly number[])[];
}

/** One kernel of a case. */
export type CrfGoldenTerm = CrfTerm &
  (
    | { readonly kind: 'gaussian'; readonly sxy: readonly [number, number] }
    | {
        readonly kind: 'bilateral';
        readonly sxy: readonly [number, number];
        readonly srgb: readonly [number, number, number];
      }
    | { readonly kind: 'features'; readonly features: string }
  );

/** One case of `crf/index.json`. Files are named from the folder of the index; files of Q are `[counts, labels, pixels]`. */
export interface CrfGoldenCase {
  readonly id: string;
  readonly labels: number;
  readonly shape: readonly [height: number, width: number];
  readonly unary: string;
  readonly image: string;
  readonly terms: readonly CrfGoldenTerm[];
  /** Numbers of mean-field steps after which the numbers were taken. */
  readonly iterations: readonly number[];
  /** One per count in `iterations`. */
  readonly kl: readonly number[];
  readonly exact_iterations?: readonly number[] | undefined;
  /** At every pixel. */
  readonly q?: string | undefined;
  readonly exact?: string | undefined;
  /** At some pixels, and the labels at all. */
  readonly sample_pixels?: string | undefined;
  readonly sample_iterations?: readonly number[] | undefined;
  readonly q_sampled?: string | undefined;
  readonly exact_sampled?: string | undefined;
  readonly argmax?: string | undefined;
  readonly exact_argmax?: string | undefined;
}

/** Content of `crf/index.json`. */
export interface CrfGoldenFile {
  readonly cases: readonly CrfGoldenCase[];
}
