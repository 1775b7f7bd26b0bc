/** Adds `size` numbers times `weight`. */
function addScaled(x: usize, y: usize, size: i32, weight: f32): void {
  const weights = f32x4.splat(weight);
  const end = x + ((<usize>size) << 2);
  for (; x + 16 <= end; x += 16) {
    v128.store(y, f32x4.add(v128.load(y), f32x4.mul(weights, v128.load(x))));
    y += 16;
  }
  for (; x < end; x += 4) {
    store<f32>(y, load<f32>(y) + weight * load<f32>(x));
    y += 4;
  }
}

/**
 * Brings gradients back along one axis: `[outer, from, inner]` to `[outer, to, inner]`.
 *
 * @param entries `[count][3]`: which index of `dy` gives to which of `dx` (int32), and how much (float32).
 */
export function axisGradient(
  dy: usize,
  dx: usize,
  outer: i32,
  from: i32,
  to: i32,
  inner: i32,
  entries: usize,
  count: i32,
): void {
  const step = (<usize>inner) << 2;
  const end = entries + <usize>count * 12;
  memory.fill(dx, 0, <usize>(outer * to) * step);
  for (let block = 0; block < outer; block++) {
    for (let entry = entries; entry < end; entry += 12)
      addScaled(
        dy + <usize>load<u32>(entry) * step,
        dx + <usize>load<u32>(entry, 4) * step,
        inner,
        load<f32>(entry, 8),
      );
    dy += <usize>from * step;
    dx += <usize>to * step;
  }
}
