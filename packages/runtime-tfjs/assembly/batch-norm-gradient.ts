import { scaleOf } from './batch-norm';
import { moveSums, PIXELS } from './totals';

/** `dy` where the normalised value is within bounds, else nothing. */
function gate4(dy: v128, centred: v128, scale: v128, beta: v128, low: v128, high: v128): v128 {
  const value = f32x4.add(f32x4.mul(centred, scale), beta);
  return v128.and(dy, v128.and(f32x4.gt(value, low), f32x4.lt(value, high)));
}

function gate1(dy: f32, centred: f32, scale: f32, beta: f32, low: f32, high: f32): f32 {
  const value = centred * scale + beta;
  return value > low && value < high ? dy : 0;
}

/** Adds one pixel to the sums of `dy`, and of `dy · (x − mean)`. */
function addPixel(
  x: usize,
  dy: usize,
  step: usize,
  mean: usize,
  scale: usize,
  beta: usize,
  low: f32,
  high: f32,
  sums: usize,
  products: usize,
): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  let at: usize = 0;
  for (; at + 16 <= step; at += 16) {
    const centred = f32x4.sub(v128.load(x + at), v128.load(mean + at));
    const gradient = gate4(v128.load(dy + at), centred, v128.load(scale + at), v128.load(beta + at), lows, highs);
    v128.store(sums + at, f32x4.add(v128.load(sums + at), gradient));
    v128.store(products + at, f32x4.add(v128.load(products + at), f32x4.mul(gradient, centred)));
  }
  for (; at < step; at += 4) {
    const centred = load<f32>(x + at) - load<f32>(mean + at);
    const gradient = gate1(load<f32>(dy + at), centred, load<f32>(scale + at), load<f32>(beta + at), low, high);
    store<f32>(sums + at, load<f32>(sums + at) + gradient);
    store<f32>(products + at, load<f32>(products + at) + gradient * centred);
  }
}

/** `scale · (dy − base − slope · (x − mean))` of one pixel. @param base followed by `slope`. */
function inputGradient(
  x: usize,
  dy: usize,
  dx: usize,
  step: usize,
  mean: usize,
  scale: usize,
  beta: usize,
  base: usize,
  low: f32,
  high: f32,
): void {
  const lows = f32x4.splat(low);
  const highs = f32x4.splat(high);
  const slope = base + step;
  let at: usize = 0;
  for (; at + 16 <= step; at += 16) {
    const centred = f32x4.sub(v128.load(x + at), v128.load(mean + at));
    const scales = v128.load(scale + at);
    const gradient = gate4(v128.load(dy + at), centred, scales, v128.load(beta + at), lows, highs);
    const trend = f32x4.add(v128.load(base + at), f32x4.mul(v128.load(slope + at), centred));
    v128.store(dx + at, f32x4.mul(scales, f32x4.sub(gradient, trend)));
  }
  for (; at < step; at += 4) {
    const centred = load<f32>(x + at) - load<f32>(mean + at);
    const factor = load<f32>(scale + at);
    const gradient = gate1(load<f32>(dy + at), centred, factor, load<f32>(beta + at), low, high);
    store<f32>(dx + at, factor * (gradient - (load<f32>(base + at) + load<f32>(slope + at) * centred)));
  }
}

/** Totals become `dgamma`, `dbeta`, and what {@link inputGradient} takes off. */
function finishTotals(
  totals: usize,
  variance: usize,
  dgamma: usize,
  dbeta: usize,
  base: usize,
  step: usize,
  share: f64,
  epsilon: f64,
): void {
  for (let at: usize = 0; at < step; at += 4) {
    const inverse = 1 / Math.sqrt(<f64>load<f32>(variance + at) + epsilon);
    const sum = load<f64>(totals + (at << 1));
    const product = load<f64>(totals + ((step + at) << 1)) * inverse;
    store<f32>(dbeta + at, <f32>sum);
    store<f32>(dgamma + at, <f32>product);
    store<f32>(base + at, <f32>(sum * share));
    store<f32>(base + step + at, <f32>(product * inverse * share));
  }
}

/**
 * The way back through a batch normalisation, and through an activation after it that lets through what is within bounds.
 *
 * @param share one over the number of values a channel when the statistics are those of `x`, else 0.
 * @param scratch 28 bytes a channel.
 */
export function batchNormGradient(
  x: usize,
  dy: usize,
  gamma: usize,
  beta: usize,
  mean: usize,
  variance: usize,
  dx: usize,
  dgamma: usize,
  dbeta: usize,
  pixels: i32,
  channels: i32,
  epsilon: f64,
  share: f64,
  low: f32,
  high: f32,
  scratch: usize,
): void {
  const step = (<usize>channels) << 2;
  const totals = scratch;
  const sums = totals + (step << 2);
  const products = sums + step;
  const scale = products + step;
  memory.fill(totals, 0, scale - totals);
  for (let at: usize = 0; at < step; at += 4) store<f32>(scale + at, scaleOf(gamma + at, variance + at, epsilon));
  for (let pixel = 0; pixel < pixels; pixel++) {
    const offset = <usize>pixel * step;
    addPixel(x + offset, dy + offset, step, mean, scale, beta, low, high, sums, products);
    if ((pixel + 1) % PIXELS == 0) moveSums(sums, totals, step << 1);
  }
  moveSums(sums, totals, step << 1);
  finishTotals(totals, variance, dgamma, dbeta, sums, step, share, epsilon);
  for (let pixel = 0; pixel < pixels; pixel++) {
    inputGradient(x, dy, dx, step, mean, scale, beta, sums, low, high);
    x += step;
    dy += step;
    dx += step;
  }
}
