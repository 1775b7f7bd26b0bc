/** Pixels that are summed in float32 before float64 takes over. */
export const PIXELS = 128;

/** Adds float32 sums to float64 totals, and begins them anew. */
export function moveSums(sums: usize, totals: usize, size: usize): void {
  for (let at: usize = 0; at < size; at += 4) {
    const total = totals + (at << 1);
    store<f64>(total, load<f64>(total) + <f64>load<f32>(sums + at));
    store<f32>(sums + at, 0);
  }
}
