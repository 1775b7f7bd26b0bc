import { addToTotal, addToTotals } from './totals';

/** Values of a channel that are summed in float32 before float64 takes over. */
const PIXELS = 128;

function sum4(x: usize, step: usize, count: i32, total: usize): void {
  let even = f32x4.splat(0);
  let odd = f32x4.splat(0);
  const end = x + <usize>count * step;
  for (; x + step < end; x += step << 1) {
    even = f32x4.add(even, v128.load(x));
    odd = f32x4.add(odd, v128.load(x + step));
  }
  if (x < end) even = f32x4.add(even, v128.load(x));
  addToTotals(total, f32x4.add(even, odd));
}

function sum1(x: usize, step: usize, count: i32, total: usize): void {
  let sum: f32 = 0;
  const end = x + <usize>count * step;
  for (; x < end; x += step) sum += load<f32>(x);
  addToTotal(total, sum);
}

/**
 * Sum of each channel over all pixels.
 *
 * @param scratch 8 bytes a channel.
 */
export function channelSums(x: usize, sums: usize, pixels: i32, channels: i32, scratch: usize): void {
  const step = (<usize>channels) << 2;
  memory.fill(scratch, 0, step << 1);
  for (let first = 0; first < pixels; first += PIXELS) {
    const from = x + <usize>first * step;
    const count = min(PIXELS, pixels - first);
    let at: usize = 0;
    for (; at + 16 <= step; at += 16) sum4(from + at, step, count, scratch + (at << 1));
    for (; at < step; at += 4) sum1(from + at, step, count, scratch + (at << 1));
  }
  for (let at: usize = 0; at < step; at += 4) store<f32>(sums + at, <f32>load<f64>(scratch + (at << 1)));
}
