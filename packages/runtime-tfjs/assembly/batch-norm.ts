import { addToTotal, addToTotals, promoteHigh } from './totals';

/** Pixels of a few channels that fit the nearest cache, and that are summed in float32 before float64 takes over. */
const PIXELS = 128;

/**
 * Sums of 4 channels and of their squares, of at most {@link PIXELS} pixels.
 *
 * Float32 holds only distances from the first pixel, so that a small spread far from zero is not lost.
 */
function moments4(x: usize, step: usize, count: i32, sums: usize, squares: usize): void {
  const pivot = v128.load(x);
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let square0 = f32x4.splat(0);
  let square1 = f32x4.splat(0);
  const end = x + <usize>count * step;
  for (; x + step < end; x += step << 1) {
    const a = f32x4.sub(v128.load(x), pivot);
    const b = f32x4.sub(v128.load(x + step), pivot);
    sum0 = f32x4.add(sum0, a);
    sum1 = f32x4.add(sum1, b);
    square0 = f32x4.add(square0, f32x4.mul(a, a));
    square1 = f32x4.add(square1, f32x4.mul(b, b));
  }
  if (x < end) {
    const a = f32x4.sub(v128.load(x), pivot);
    sum0 = f32x4.add(sum0, a);
    square0 = f32x4.add(square0, f32x4.mul(a, a));
  }
  const sum = f32x4.add(sum0, sum1);
  const square = f32x4.add(square0, square1);
  const many = f64x2.splat(<f64>count);
  addMoments(
    f64x2.promote_low_f32x4(pivot),
    f64x2.promote_low_f32x4(sum),
    f64x2.promote_low_f32x4(square),
    many,
    sums,
    squares,
  );
  addMoments(promoteHigh(pivot), promoteHigh(sum), promoteHigh(square), many, sums + 16, squares + 16);
}

/** `Σx = Σd + np` and `Σx² = Σd² + 2pΣd + np²` for `d = x − p`. */
function addMoments(pivot: v128, sum: v128, square: v128, count: v128, sums: usize, squares: usize): void {
  const base = f64x2.mul(pivot, count);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.add(sum, base)));
  const rest = f64x2.mul(pivot, f64x2.add(f64x2.add(sum, sum), base));
  v128.store(squares, f64x2.add(v128.load(squares), f64x2.add(square, rest)));
}

function moments1(x: usize, step: usize, count: i32, sums: usize, squares: usize): void {
  let sum: f64 = 0;
  let square: f64 = 0;
  for (let i = 0; i < count; i++) {
    const value = <f64>load<f32>(x);
    sum += value;
    square += value * value;
    x += step;
  }
  store<f64>(sums, load<f64>(sums) + sum);
  store<f64>(squares, load<f64>(squares) + square);
}

function normalize4(x: usize, y: usize, step: usize, count: i32, mean: v128, scale: v128, beta: v128): void {
  const end = x + <usize>count * step;
  while (x < end) {
    v128.store(y, f32x4.add(f32x4.mul(f32x4.sub(v128.load(x), mean), scale), beta));
    x += step;
    y += step;
  }
}

function normalize1(x: usize, y: usize, step: usize, count: i32, mean: f32, scale: f32, beta: f32): void {
  const end = x + <usize>count * step;
  while (x < end) {
    store<f32>(y, (load<f32>(x) - mean) * scale + beta);
    x += step;
    y += step;
  }
}

/** Sums and sums of squares in float64 become means and variances, and factors. */
function finishMoments(
  sums: usize,
  squares: usize,
  mean: usize,
  variance: usize,
  gamma: usize,
  scale: usize,
  channels: i32,
  pixels: f64,
  epsilon: f64,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const middle = load<f64>(sums + ((<usize>channel) << 3)) / pixels;
    const spread = max(load<f64>(squares + ((<usize>channel) << 3)) / pixels - middle * middle, 0);
    const at = (<usize>channel) << 2;
    store<f32>(mean + at, <f32>middle);
    store<f32>(variance + at, <f32>spread);
    store<f32>(scale + at, <f32>(<f64>load<f32>(gamma + at) / Math.sqrt(spread + epsilon)));
  }
}

/**
 * Normalises by the mean and variance of every channel.
 *
 * @param scratch 20 bytes a channel.
 */
export function normalizeBatch(
  x: usize,
  gamma: usize,
  beta: usize,
  y: usize,
  mean: usize,
  variance: usize,
  pixels: i32,
  channels: i32,
  epsilon: f64,
  scratch: usize,
): void {
  const step = (<usize>channels) << 2;
  const sums = scratch;
  const squares = scratch + ((<usize>channels) << 3);
  const scale = scratch + ((<usize>channels) << 4);
  memory.fill(scratch, 0, (<usize>channels) << 4);
  for (let first = 0; first < pixels; first += PIXELS) {
    const from = x + <usize>first * step;
    const count = min(PIXELS, pixels - first);
    let channel = 0;
    for (; channel + 4 <= channels; channel += 4)
      moments4(
        from + ((<usize>channel) << 2),
        step,
        count,
        sums + ((<usize>channel) << 3),
        squares + ((<usize>channel) << 3),
      );
    for (; channel < channels; channel++)
      moments1(
        from + ((<usize>channel) << 2),
        step,
        count,
        sums + ((<usize>channel) << 3),
        squares + ((<usize>channel) << 3),
      );
  }
  finishMoments(sums, squares, mean, variance, gamma, scale, channels, <f64>pixels, epsilon);
  for (let first = 0; first < pixels; first += PIXELS) {
    const offset = <usize>first * step;
    const count = min(PIXELS, pixels - first);
    let at: usize = 0;
    for (; at + 16 <= step; at += 16)
      normalize4(
        x + offset + at,
        y + offset + at,
        step,
        count,
        v128.load(mean + at),
        v128.load(scale + at),
        v128.load(beta + at),
      );
    for (; at < step; at += 4)
      normalize1(
        x + offset + at,
        y + offset + at,
        step,
        count,
        load<f32>(mean + at),
        load<f32>(scale + at),
        load<f32>(beta + at),
      );
  }
}

/** Sums of `dy` and of `dy · (x − mean)` of 4 channels. */
function gradientSums4(x: usize, dy: usize, step: usize, count: i32, mean: v128, sums: usize, products: usize): void {
  let sum0 = f32x4.splat(0);
  let sum1 = f32x4.splat(0);
  let product0 = f32x4.splat(0);
  let product1 = f32x4.splat(0);
  const end = x + <usize>count * step;
  for (; x + step < end; x += step << 1) {
    const a = v128.load(dy);
    const b = v128.load(dy + step);
    sum0 = f32x4.add(sum0, a);
    sum1 = f32x4.add(sum1, b);
    product0 = f32x4.add(product0, f32x4.mul(a, f32x4.sub(v128.load(x), mean)));
    product1 = f32x4.add(product1, f32x4.mul(b, f32x4.sub(v128.load(x + step), mean)));
    dy += step << 1;
  }
  if (x < end) {
    const a = v128.load(dy);
    sum0 = f32x4.add(sum0, a);
    product0 = f32x4.add(product0, f32x4.mul(a, f32x4.sub(v128.load(x), mean)));
  }
  addToTotals(sums, f32x4.add(sum0, sum1));
  addToTotals(products, f32x4.add(product0, product1));
}

function gradientSums1(x: usize, dy: usize, step: usize, count: i32, mean: f32, sums: usize, products: usize): void {
  let sum: f32 = 0;
  let product: f32 = 0;
  const end = x + <usize>count * step;
  while (x < end) {
    sum += load<f32>(dy);
    product += load<f32>(dy) * (load<f32>(x) - mean);
    x += step;
    dy += step;
  }
  addToTotal(sums, sum);
  addToTotal(products, product);
}

/** `scale · (dy − base − slope · (x − mean))` of 4 channels. */
function inputGradient4(
  x: usize,
  dy: usize,
  dx: usize,
  step: usize,
  count: i32,
  mean: v128,
  scale: v128,
  base: v128,
  slope: v128,
): void {
  const end = x + <usize>count * step;
  while (x < end) {
    const trend = f32x4.add(base, f32x4.mul(slope, f32x4.sub(v128.load(x), mean)));
    v128.store(dx, f32x4.mul(scale, f32x4.sub(v128.load(dy), trend)));
    x += step;
    dy += step;
    dx += step;
  }
}

function inputGradient1(
  x: usize,
  dy: usize,
  dx: usize,
  step: usize,
  count: i32,
  mean: f32,
  scale: f32,
  base: f32,
  slope: f32,
): void {
  const end = x + <usize>count * step;
  while (x < end) {
    store<f32>(dx, scale * (load<f32>(dy) - base - slope * (load<f32>(x) - mean)));
    x += step;
    dy += step;
    dx += step;
  }
}

/** Totals become `dgamma`, `dbeta`, and what {@link inputGradient4} needs. */
function finishGradientSums(
  totals: usize,
  gamma: usize,
  variance: usize,
  dgamma: usize,
  dbeta: usize,
  factors: usize,
  channels: i32,
  share: f64,
  epsilon: f64,
): void {
  const step = (<usize>channels) << 2;
  for (let at: usize = 0; at < step; at += 4) {
    const inverse = 1 / Math.sqrt(<f64>load<f32>(variance + at) + epsilon);
    const sum = load<f64>(totals + (at << 1));
    const product = load<f64>(totals + ((step + at) << 1)) * inverse;
    store<f32>(dbeta + at, <f32>sum);
    store<f32>(dgamma + at, <f32>product);
    store<f32>(factors + at, <f32>(<f64>load<f32>(gamma + at) * inverse));
    store<f32>(factors + step + at, <f32>(sum * share));
    store<f32>(factors + (step << 1) + at, <f32>(product * inverse * share));
  }
}

/**
 * The way back through a batch normalisation.
 *
 * @param share one over the number of values a channel when the statistics are those of `x`, else 0.
 * @param scratch 28 bytes a channel.
 */
export function batchNormGradient(
  x: usize,
  dy: usize,
  gamma: usize,
  mean: usize,
  variance: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  pixels: i32,
  channels: i32,
  epsilon: f64,
  share: f64,
  scratch: usize,
): void {
  const step = (<usize>channels) << 2;
  const products = scratch + (step << 1);
  const scale = scratch + (step << 2);
  const base = scale + step;
  const slope = base + step;
  memory.fill(scratch, 0, step << 2);
  for (let first = 0; first < pixels; first += PIXELS) {
    const offset = <usize>first * step;
    const count = min(PIXELS, pixels - first);
    const totals = scratch;
    let at: usize = 0;
    for (; at + 16 <= step; at += 16)
      gradientSums4(
        x + offset + at,
        dy + offset + at,
        step,
        count,
        v128.load(mean + at),
        totals + (at << 1),
        products + (at << 1),
      );
    for (; at < step; at += 4)
      gradientSums1(
        x + offset + at,
        dy + offset + at,
        step,
        count,
        load<f32>(mean + at),
        totals + (at << 1),
        products + (at << 1),
      );
  }
  finishGradientSums(scratch, gamma, variance, dgamma, dbeta, scale, channels, share, epsilon);
  for (let first = 0; first < pixels; first += PIXELS) {
    const offset = <usize>first * step;
    const count = min(PIXELS, pixels - first);
    let at: usize = 0;
    for (; at + 16 <= step; at += 16)
      inputGradient4(
        x + offset + at,
        dy + offset + at,
        dx + offset + at,
        step,
        count,
        v128.load(mean + at),
        v128.load(scale + at),
        v128.load(base + at),
        v128.load(slope + at),
      );
    for (; at < step; at += 4)
      inputGradient1(
        x + offset + at,
        dy + offset + at,
        dx + offset + at,
        step,
        count,
        load<f32>(mean + at),
        load<f32>(scale + at),
        load<f32>(base + at),
        load<f32>(slope + at),
      );
  }
}
