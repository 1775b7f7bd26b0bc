/** `dy` where `low < at < high`, else nothing. */
export function gateGradient(at: usize, dy: usize, dx: usize, size: i32, low: f32, high: f32, slope: f32): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const slopes = f32x4.splat(slope);
  const end = dy + ((<usize>size) << 2);
  for (; dy + 16 <= end; dy += 16) {
    const value = v128.load(at);
    const open = v128.and(f32x4.gt(value, lows), f32x4.lt(value, highs));
    v128.store(dx, v128.and(open, f32x4.mul(slopes, v128.load(dy))));
    at += 16;
    dx += 16;
  }
  for (; dy < end; dy += 4) {
    const value = load<f32>(at);
    store<f32>(dx, value > low && value < high ? slope * load<f32>(dy) : 0);
    at += 4;
    dx += 4;
  }
}
