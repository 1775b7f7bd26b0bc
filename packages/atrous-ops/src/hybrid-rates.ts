import { checkChoice, checkCount } from './check-option.ts';

/** Rates of consecutive units. */
interface Pattern {
  /** Repeated in the block before the last. */
  readonly cycle: readonly number[];
  /** Rate of the units that a whole cycle does not fit on; absent: the beginning of the cycle. */
  readonly rest?: number;
  /** Repeated in the last block. */
  readonly last: readonly number[];
}

const PATTERNS = {
  none: { cycle: [1], last: [1] },
  conv: { cycle: [2, 1], last: [2, 1] },
  rf: { cycle: [1, 2, 3], rest: 2, last: [3, 4, 5] },
  bigger: { cycle: [1, 2, 5, 9], last: [5, 9, 17] },
} as const satisfies Readonly<Record<string, Pattern>>;

/** An assignment of rates by its name in the paper: "No dilation", "Dilation-conv", "Dilation-RF", "Dilation-bigger". */
export type HybridAssignment = keyof typeof PATTERNS;

function repeat(cycle: readonly number[], units: number, rest?: number): readonly number[] {
  const whole = units - (units % cycle.length);
  return Array.from(
    { length: units },
    (_, i) => (i >= whole ? rest : undefined) ?? (cycle[i % cycle.length] as number),
  );
}

/**
 * Rates of the units of ResNet's last two blocks, at output stride 8, such that they leave no holes.
 *
 * TuSimple's released network is `bigger`, with 2 in place of the very first 1.
 *
 * @param units of the two blocks: 23 and 3 for ResNet-101.
 * @returns a list for each of the two blocks.
 * @throws ShapeError when there is no such assignment.
 * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §4.1.3, arXiv:1702.08502
 */
export function hybridRates(
  assignment: HybridAssignment,
  units: readonly [number, number],
): readonly [readonly number[], readonly number[]] {
  checkChoice('assignment', assignment, Object.keys(PATTERNS));
  for (const count of units) checkCount('units', count);
  const { cycle, rest, last }: Pattern = PATTERNS[assignment];
  return [repeat(cycle, units[0], rest), repeat(last, units[1])];
}
