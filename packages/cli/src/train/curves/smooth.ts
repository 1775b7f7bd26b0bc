/**
 * Exponential moving average that does not start at 0: what a noisy curve tends to.
 *
 * @param share of the past in each value, 0 … 1.
 */
export function smooth(values: readonly number[], share: number): readonly number[] {
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    sum = share * sum + (1 - share) * value;
    weight = share * weight + (1 - share);
    return sum / weight;
  });
}
