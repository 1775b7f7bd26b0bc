/** Bytes of input rows that are gone through once per panel of filters: half of a nearest cache. */
const ROWS_BYTES = 16384;

/**
 * Packs filters into panels of 8: `[n / 8][k][8]`, filled up with zeros.
 *
 * @param step bytes between filters, @param pitch bytes between the inputs of one.
 */
function packFilters(w: usize, k: i32, n: i32, step: usize, pitch: usize, packed: usize): void {
  for (let first = 0; first < n; first += 8) {
    const many = min(n - first, 8);
    const from = w + <usize>first * step;
    for (let row = 0; row < k; row++) {
      const at = from + <usize>row * pitch;
      for (let lane = 0; lane < 8; lane++) {
        store<f32>(packed, lane < many ? load<f32>(at + <usize>lane * step) : 0);
        packed += 4;
      }
    }
  }
}

/** Stores the first `many` of 8 numbers. */
function storeSome(y: usize, low: v128, high: v128, many: i32): void {
  if (many >= 4) {
    v128.store(y, low);
    if (many == 8) v128.store(y, high, 16);
    y += 16;
    low = high;
    many -= 4;
  }
  if (many == 4) return;
  if (many > 0) store<f32>(y, f32x4.extract_lane(low, 0));
  if (many > 1) store<f32>(y, f32x4.extract_lane(low, 1), 4);
  if (many > 2) store<f32>(y, f32x4.extract_lane(low, 2), 8);
}

/** 8 filters at 4 pixels. */
function tile4(x: usize, xPitch: usize, w: usize, low: v128, high: v128, y: usize, yPitch: usize, many: i32): void {
  let x0 = x;
  let x1 = x0 + xPitch;
  let x2 = x1 + xPitch;
  let x3 = x2 + xPitch;
  const end = x1;
  let s00 = low;
  let s01 = high;
  let s10 = low;
  let s11 = high;
  let s20 = low;
  let s21 = high;
  let s30 = low;
  let s31 = high;
  while (x0 < end) {
    const w0 = v128.load(w);
    const w1 = v128.load(w, 16);
    let value = v128.load32_splat(x0);
    s00 = f32x4.add(s00, f32x4.mul(value, w0));
    s01 = f32x4.add(s01, f32x4.mul(value, w1));
    value = v128.load32_splat(x1);
    s10 = f32x4.add(s10, f32x4.mul(value, w0));
    s11 = f32x4.add(s11, f32x4.mul(value, w1));
    value = v128.load32_splat(x2);
    s20 = f32x4.add(s20, f32x4.mul(value, w0));
    s21 = f32x4.add(s21, f32x4.mul(value, w1));
    value = v128.load32_splat(x3);
    s30 = f32x4.add(s30, f32x4.mul(value, w0));
    s31 = f32x4.add(s31, f32x4.mul(value, w1));
    x0 += 4;
    x1 += 4;
    x2 += 4;
    x3 += 4;
    w += 32;
  }
  storeSome(y, s00, s01, many);
  storeSome(y + yPitch, s10, s11, many);
  storeSome(y + 2 * yPitch, s20, s21, many);
  storeSome(y + 3 * yPitch, s30, s31, many);
}

/** 8 filters at one pixel. */
function tile1(x: usize, xPitch: usize, w: usize, low: v128, high: v128, y: usize, many: i32): void {
  for (const end = x + xPitch; x < end; x += 4) {
    const value = v128.load32_splat(x);
    low = f32x4.add(low, f32x4.mul(value, v128.load(w)));
    high = f32x4.add(high, f32x4.mul(value, v128.load(w, 16)));
    w += 32;
  }
  storeSome(y, low, high, many);
}

/** Bytes that {@link pointwise} works in. */
export function pointwiseScratch(k: i32, n: i32): usize {
  return (<usize>((n + 7) & ~7) * <usize>(k + 1)) << 2;
}

/**
 * A 1×1 convolution as a product of matrices, `y = x · w + bias`.
 *
 * @param w `[k, n]`, or `[n, k]` when it is `transposed`.
 * @param bias `[n]`, or 0.
 */
export function pointwise(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  pixels: i32,
  k: i32,
  n: i32,
  transposed: bool,
  scratch: usize,
): void {
  const xPitch = (<usize>k) << 2;
  const yPitch = (<usize>n) << 2;
  const biases = scratch;
  const packed = scratch + ((<usize>((n + 7) & ~7)) << 2);
  const panel = xPitch << 3;
  packFilters(w, k, n, transposed ? xPitch : 4, transposed ? 4 : yPitch, packed);
  memory.fill(biases, 0, packed - biases);
  if (bias) memory.copy(biases, bias, yPitch);
  const rows = max((2 * ROWS_BYTES) / <i32>(xPitch + yPitch), 16) & ~3;
  for (let first = 0; first < pixels; first += rows) {
    const last = min(first + rows, pixels);
    let weights = packed;
    for (let filter = 0; filter < n; filter += 8) {
      const many = min(n - filter, 8);
      const low = v128.load(biases + ((<usize>filter) << 2));
      const high = v128.load(biases + ((<usize>filter) << 2), 16);
      let from = x + <usize>first * xPitch;
      let to = y + <usize>first * yPitch + ((<usize>filter) << 2);
      let row = first;
      for (; row + 4 <= last; row += 4) {
        tile4(from, xPitch, weights, low, high, to, yPitch, many);
        from += xPitch << 2;
        to += yPitch << 2;
      }
      for (; row < last; row++) {
        tile1(from, xPitch, weights, low, high, to, many);
        from += xPitch;
        to += yPitch;
      }
      weights += panel;
    }
  }
}
