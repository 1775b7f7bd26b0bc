/** The last two of four numbers in float64. */
export function promoteHigh(x: v128): v128 {
  return f64x2.promote_low_f32x4(i32x4.shuffle(x, x, 2, 3, 2, 3));
}

/** Adds the 4 lanes to 4 totals in float64. */
export function addToTotals(totals: usize, sums: v128): void {
  v128.store(totals, f64x2.add(v128.load(totals), f64x2.promote_low_f32x4(sums)));
  v128.store(totals, f64x2.add(v128.load(totals, 16), promoteHigh(sums)), 16);
}

export function addToTotal(total: usize, sum: f32): void {
  store<f64>(total, load<f64>(total) + <f64>sum);
}
