import { exp2 } from './exponential';
import { Pass } from './pass';

/** Shares the last lane out among dropped labels as their energies say; writes all labels so, as that is faster than to choose. */
function shareRest(energies: usize, bytes: usize, rest: f32, logit: f32, to: usize): void {
  const factor = f32x4.splat(-1.44269504);
  const logits = f32x4.splat(logit);
  const share = f32x4.splat(rest);
  for (let at: usize = 0; at < bytes; at += 16) {
    const power = exp2(f32x4.pmin(f32x4.sub(f32x4.mul(factor, v128.load(energies + at)), logits), f32x4.splat(0)));
    v128.store(to + at, f32x4.mul(share, power));
  }
}

/** One pixel's labels in their order. @param row marginals in lanes. @param scratch whole vectors of labels. */
function writeLiveLabels(pass: Pass, row: usize, logits: usize, to: usize, scratch: usize): void {
  const bytes = (<usize>pass.labels) << 2;
  const last = pass.step - 4;
  shareRest(to, bytes, load<f32>(row + last), load<f32>(logits + last), scratch);
  for (let at = ((<usize>pass.live) << 2) - 4; <isize>at >= 0; at -= 4) {
    store<f32>(scratch + load<u32>(pass.order + at), load<f32>(row + at));
  }
  copy(scratch, to, bytes);
}

function copy(from: usize, to: usize, bytes: usize): void {
  const whole = bytes & ~15;
  let at: usize = 0;
  for (; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/** Marginals of a tile of pixels, over their energies. Behind the tile there is room. */
export function writeMarginals(pass: Pass, pixel: i32, tile: usize, end: usize): void {
  const bytes = (<usize>pass.labels) << 2;
  let to = pass.marginals + <usize>pixel * bytes;
  let logits = pass.logits + <usize>pixel * pass.step;
  for (let row = tile; row < end; row += pass.step) {
    if (pass.order) writeLiveLabels(pass, row, logits, to, end);
    else copy(row, to, bytes);
    to += bytes;
    logits += pass.step;
  }
}
