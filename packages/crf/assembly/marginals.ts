import { exp2 } from './exponential';
import { Pass } from './pass';

/** What a label of those that share the last lane has of it, for four of them. */
function shareOf(energies: v128, rest: v128, logit: v128): v128 {
  const logits = f32x4.mul(f32x4.splat(-1.44269504), energies);
  return f32x4.mul(rest, exp2(f32x4.pmin(f32x4.sub(logits, logit), f32x4.splat(0))));
}

/**
 * One pixel's labels in their order, over its energies. @param row marginals in lanes.
 *
 * Writes all labels as if they shared the last lane, as that is faster than to choose, and then those that do not.
 */
function writeLiveLabels(pass: Pass, row: usize, logits: usize, to: usize): void {
  const bytes = (<usize>pass.labels) << 2;
  const lanes = pass.step - 4;
  const rest = v128.load32_splat(row + lanes);
  const logit = v128.load32_splat(logits + lanes);
  const whole = bytes & ~15;
  for (let at: usize = 0; at < whole; at += 16) v128.store(to + at, shareOf(v128.load(to + at), rest, logit));
  for (let at = whole; at < bytes; at += 4) {
    store<f32>(to + at, f32x4.extract_lane(shareOf(v128.load32_splat(to + at), rest, logit), 0));
  }
  for (let at: usize = 0; at < lanes; at += 4) store<f32>(to + load<u32>(pass.order + at), load<f32>(row + at));
}

function copy(from: usize, to: usize, bytes: usize): void {
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** Marginals of a tile of pixels, over their energies. */
export function writeMarginals(pass: Pass, pixel: i32, tile: usize, end: usize): void {
  const bytes = (<usize>pass.labels) << 2;
  let to = pass.marginals + <usize>pixel * bytes;
  let logits = pass.logits + <usize>pixel * pass.step;
  for (let row = tile; row < end; row += pass.step) {
    if (pass.order) writeLiveLabels(pass, row, logits, to);
    else copy(row, to, bytes);
    to += bytes;
    logits += pass.step;
  }
}
