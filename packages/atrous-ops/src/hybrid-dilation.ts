import { checkCount } from './check-option.ts';
import { commonFactor } from './common-factor.ts';

/** Why a group of atrous rates leaves inputs unread. */
export type HybridDilationProblem =
  /** `hole`: units between two taps that nothing fills, as seen at the second layer; it must not exceed `kernel`. */
  | { readonly rule: 'hole'; readonly hole: number; readonly kernel: number }
  /** Every rate is a multiple of `factor`, so the map falls apart into `factor²` lattices that never meet. */
  | { readonly rule: 'commonFactor'; readonly factor: number };

/** What {@link checkHybridDilation} finds about a group of layers. */
export interface HybridDilation {
  readonly accepted: boolean;
  /** Empty when accepted. */
  readonly problems: readonly HybridDilationProblem[];
  /** {@link maxHoles} of the rates. */
  readonly holes: readonly number[];
  /** Whether the rates repeat one rising pattern, such as 1, 2, 5, 1, 2, 5. Recommended, not required. */
  readonly sawtooth: boolean;
}

/**
 * `M` of the hybrid-dilation recursion: the largest distance between two taps, as seen at each layer of a group.
 *
 * `M_n = r_n`, `M_i = max(M_{i+1} − 2·r_i, 2·r_i − M_{i+1}, r_i)`.
 *
 * @param atrousRates in the order of the layers.
 * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §3.2, arXiv:1702.08502
 */
export function maxHoles(atrousRates: readonly number[]): readonly number[] {
  const holes: number[] = [];
  for (const rate of atrousRates.toReversed()) {
    const after = holes[0];
    holes.unshift(after === undefined ? rate : Math.max(after - 2 * rate, 2 * rate - after, rate));
  }
  return holes;
}

function isSawtooth(rates: readonly number[]): boolean {
  const fall = rates.findIndex((rate, i) => i > 0 && rate <= (rates[i - 1] ?? 0));
  const period = fall === -1 ? rates.length : fall;
  return (period > 1 || rates.length === 1) && rates.every((rate, i) => rate === rates[i % period]);
}

/**
 * Checks one group of stacked atrous convolutions against the design rules of hybrid dilated convolution.
 *
 * The rules are for a group on its own: rates 5, 9, 17 are refused, though a network may use them after layers of smaller rates.
 *
 * @param atrousRates in the order of the layers, all with square kernels of side `kernel`.
 * @throws ShapeError when a rate or the kernel is not a whole number of at least 1.
 * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §3.2, arXiv:1702.08502
 */
export function checkHybridDilation(atrousRates: readonly number[], kernel = 3): HybridDilation {
  checkCount('kernel', kernel);
  for (const rate of atrousRates) checkCount('atrousRates', rate);
  const holes = maxHoles(atrousRates);
  const hole = holes[1] ?? 0;
  const factor = commonFactor(atrousRates);
  const problems: HybridDilationProblem[] = [
    ...(hole > kernel ? [{ rule: 'hole', hole, kernel } as const] : []),
    ...(factor > 1 ? [{ rule: 'commonFactor', factor } as const] : []),
  ];
  return { accepted: problems.length === 0, problems, holes, sawtooth: isSawtooth(atrousRates) };
}
