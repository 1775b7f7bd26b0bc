import type { Setting } from './setting.ts';

/** Values to try of each parameter, ascending. */
export type Grid = Readonly<Record<keyof Setting, readonly number[]>>;

/** Every combination. Those that differ in the weight alone follow each other, as they share a lattice. */
export const settingsOf = (grid: Grid): readonly Setting[] =>
  grid.bilateralXyStd.flatMap((bilateralXyStd) =>
    grid.bilateralRgbStd.flatMap((bilateralRgbStd) =>
      grid.bilateralWeight.map((bilateralWeight) => ({ bilateralWeight, bilateralXyStd, bilateralRgbStd })),
    ),
  );

const round = (value: number): number => Number(value.toPrecision(3));

/** The best value, and those half-way to its neighbours. At an end of the grid the search goes on as far outwards as inwards. */
function refineAxis(values: readonly number[], best: number): readonly number[] {
  if (values.length < 2) return values;
  const at = values.indexOf(best);
  const [below, above] = [values[at - 1], values[at + 1]];
  const up = ((above ?? 2 * best - (below ?? best)) - best) / 2;
  const down = (best - (below ?? Math.max(2 * best - (above ?? best), 0))) / 2;
  return [...new Set([round(best - down), best, round(best + up)])];
}

/** A grid of half the step around the best setting of another. Parameters with a single value keep it. */
export const refine = (grid: Grid, best: Setting): Grid => ({
  bilateralWeight: refineAxis(grid.bilateralWeight, best.bilateralWeight),
  bilateralXyStd: refineAxis(grid.bilateralXyStd, best.bilateralXyStd),
  bilateralRgbStd: refineAxis(grid.bilateralRgbStd, best.bilateralRgbStd),
});
