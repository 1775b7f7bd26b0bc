import { moveSums, PIXELS } from './totals';

function addPixel(x: usize, step: usize, sums: usize): void {
  let at: usize = 0;
  for (; at + 16 <= step; at += 16) v128.store(sums + at, f32x4.add(v128.load(sums + at), v128.load(x + at)));
  for (; at < step; at += 4) store<f32>(sums + at, load<f32>(sums + at) + load<f32>(x + at));
}

/**
 * Sum of each channel over all pixels.
 *
 * @param scratch 8 bytes a channel.
 */
export function channelSums(x: usize, sums: usize, pixels: i32, channels: i32, scratch: usize): void {
  const step = (<usize>channels) << 2;
  memory.fill(scratch, 0, step << 1);
  memory.fill(sums, 0, step);
  for (let pixel = 0; pixel < pixels; pixel++) {
    addPixel(x, step, sums);
    x += step;
    if ((pixel + 1) % PIXELS == 0) moveSums(sums, scratch, step);
  }
  moveSums(sums, scratch, step);
  for (let at: usize = 0; at < step; at += 4) store<f32>(sums + at, <f32>load<f64>(scratch + (at << 1)));
}
