/** Steps per unit of the table. */
const RESOLUTION = 256;

/**
 * Makes `exp` for arguments up to 0: a table and the rest of a Taylor series, exact to a few parts in 10¹³ and several times as fast as
 * `Math.exp`.
 *
 * @param least arguments below it give 0.
 */
export function createExponential(least: number): (x: number) => number {
  const table = Float64Array.from({ length: -least * RESOLUTION + 1 }, (_, index) => Math.exp(-index / RESOLUTION));
  return (x) => {
    if (x < least) return 0;
    const index = (0.5 - x * RESOLUTION) | 0;
    const rest = x + index / RESOLUTION;
    return (table[index] as number) * (1 + rest * (1 + rest * (0.5 + rest / 6)));
  };
}
