import { PIXELS } from './totals';

/**
 * Sums of a block of pixels and of their squares, by channel.
 *
 * Float32 holds only distances from the first pixel, so that a small spread far from zero is not lost.
 */
function addMoments(x: usize, step: usize, count: i32, sums: usize, squares: usize): void {
  const pivot = x;
  memory.fill(sums, 0, step);
  memory.fill(squares, 0, step);
  for (const end = x + <usize>count * step; x < end; x += step) {
    let at: usize = 0;
    for (; at + 16 <= step; at += 16) {
      const distance = f32x4.sub(v128.load(x + at), v128.load(pivot + at));
      v128.store(sums + at, f32x4.add(v128.load(sums + at), distance));
      v128.store(squares + at, f32x4.add(v128.load(squares + at), f32x4.mul(distance, distance)));
    }
    for (; at < step; at += 4) {
      const distance = load<f32>(x + at) - load<f32>(pivot + at);
      store<f32>(sums + at, load<f32>(sums + at) + distance);
      store<f32>(squares + at, load<f32>(squares + at) + distance * distance);
    }
  }
}

/** `Σx = Σd + np` and `Σx² = Σd² + 2pΣd + np²` for `d = x − p`, added to totals. */
function finishBlock(pivot: usize, step: usize, count: f64, sums: usize, squares: usize, totals: usize): void {
  const squaresAt = step << 1;
  for (let at: usize = 0; at < step; at += 4) {
    const p = <f64>load<f32>(pivot + at);
    const sum = <f64>load<f32>(sums + at);
    const total = totals + (at << 1);
    store<f64>(total, load<f64>(total) + sum + count * p);
    const square = <f64>load<f32>(squares + at) + p * (2 * sum + count * p);
    store<f64>(total + squaresAt, load<f64>(total + squaresAt) + square);
  }
}

/** The same on the way there and back, so that both find the same values beyond an activation's bounds. */
export function scaleOf(gamma: usize, variance: usize, epsilon: f64): f32 {
  return <f32>(<f64>load<f32>(gamma) / Math.sqrt(<f64>load<f32>(variance) + epsilon));
}

/** Totals become means and variances. */
function finishMoments(totals: usize, mean: usize, variance: usize, step: usize, pixels: f64): void {
  for (let at: usize = 0; at < step; at += 4) {
    const middle = load<f64>(totals + (at << 1)) / pixels;
    const spread = load<f64>(totals + ((step + at) << 1)) / pixels - middle * middle;
    store<f32>(mean + at, <f32>middle);
    store<f32>(variance + at, <f32>max(spread, 0));
  }
}

/** `(x − mean) · scale + beta` of one pixel, within `low` and `high`. */
function normalizePixel(
  x: usize,
  y: usize,
  step: usize,
  mean: usize,
  scale: usize,
  beta: usize,
  low: f32,
  high: f32,
): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  let at: usize = 0;
  for (; at + 16 <= step; at += 16) {
    const centred = f32x4.sub(v128.load(x + at), v128.load(mean + at));
    const value = f32x4.add(f32x4.mul(centred, v128.load(scale + at)), v128.load(beta + at));
    v128.store(y + at, f32x4.min(f32x4.max(value, lows), highs));
  }
  for (; at < step; at += 4) {
    const value = (load<f32>(x + at) - load<f32>(mean + at)) * load<f32>(scale + at) + load<f32>(beta + at);
    store<f32>(y + at, min(max(value, low), high));
  }
}

/**
 * Normalises by the mean and variance of every channel.
 *
 * @param low, high bounds of the result: those of an activation that follows.
 * @param scratch 24 bytes a channel.
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
  low: f32,
  high: f32,
  scratch: usize,
): void {
  const step = (<usize>channels) << 2;
  const totals = scratch;
  const sums = totals + (step << 2);
  const squares = sums + step;
  const scale = sums;
  memory.fill(totals, 0, step << 2);
  for (let first = 0; first < pixels; first += PIXELS) {
    const from = x + <usize>first * step;
    const count = min(PIXELS, pixels - first);
    addMoments(from, step, count, sums, squares);
    finishBlock(from, step, <f64>count, sums, squares, totals);
  }
  finishMoments(totals, mean, variance, step, <f64>pixels);
  for (let at: usize = 0; at < step; at += 4) store<f32>(scale + at, scaleOf(gamma + at, variance + at, epsilon));
  for (let pixel = 0; pixel < pixels; pixel++) {
    normalizePixel(x, y, step, mean, scale, beta, low, high);
    x += step;
    y += step;
  }
}
