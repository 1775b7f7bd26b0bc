import { exp2, log2 } from './exponential';

/** Energies in natural units become binary logits. */
const NEGATED_LOG2_E: f32 = -1.44269504;
/** The logit of a lane that no label has. */
const NEVER: f32 = -1e30;

function least(x: v128): f32 {
  const pairs = f32x4.pmin(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmin(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

/** Copies one pixel's energies, and fills up with `beyond` to whole vectors. */
function copyRow(from: usize, bytes: usize, to: usize, beyond: f32): void {
  const whole = bytes & ~15;
  for (let at: usize = 0; at < whole; at += 16) v128.store(to + at, v128.load(from + at));
  if (whole == bytes) return;
  v128.store(to + whole, f32x4.splat(beyond));
  for (let at = whole; at < bytes; at += 4) store<f32>(to + at, load<f32>(from + at));
}

/**
 * For each label the least that its energy lies above the best label's, over all pixels: it is nowhere more probable than e to minus that.
 *
 * @param energies `[pixels, labels]`. @param gaps receives a number for each label, in whole vectors. @param scratch as many bytes.
 */
export function leastGaps(energies: usize, pixels: i32, labels: i32, gaps: usize, scratch: usize): void {
  const bytes = (<usize>labels) << 2;
  const end = (bytes + 15) & ~15;
  for (let at: usize = 0; at < end; at += 16) v128.store(gaps + at, f32x4.splat(-NEVER));
  for (let pixel = 0; pixel < pixels; pixel++) {
    copyRow(energies, bytes, scratch, -NEVER);
    let low = v128.load(scratch);
    for (let at: usize = 16; at < end; at += 16) low = f32x4.pmin(low, v128.load(scratch + at));
    const best = f32x4.splat(least(low));
    for (let at: usize = 0; at < end; at += 16) {
      const gap = f32x4.sub(v128.load(scratch + at), best);
      v128.store(gaps + at, f32x4.pmin(v128.load(gaps + at), gap));
    }
    energies += bytes;
  }
}

/** Every label in its lane: logits `[pixels]`, `step` bytes apart. */
export function loadAllLogits(energies: usize, pixels: i32, labels: i32, logits: usize, step: usize): void {
  const bytes = (<usize>labels) << 2;
  const factor = f32x4.splat(NEGATED_LOG2_E);
  for (let pixel = 0; pixel < pixels; pixel++) {
    copyRow(energies, bytes, logits, NEVER / NEGATED_LOG2_E);
    const end = (bytes + 15) & ~15;
    for (let at: usize = 0; at < end; at += 16) v128.store(logits + at, f32x4.mul(factor, v128.load(logits + at)));
    for (let at = end; at < step; at += 16) v128.store(logits + at, f32x4.splat(NEVER));
    energies += bytes;
    logits += step;
  }
}

/** The logit of several labels as one. @param energies `count` of them, with room for a whole vector. */
function mergeLogits(energies: usize, count: i32): f32 {
  const end = energies + ((<usize>count) << 2);
  const whole = (end + 15) & ~15;
  for (let at = end; at < whole; at += 4) store<f32>(at, -NEVER);
  let low = v128.load(energies);
  for (let at = energies + 16; at < whole; at += 16) low = f32x4.pmin(low, v128.load(at));
  const best = least(low);
  let sum = f32x4.splat(0);
  for (let at = energies; at < whole; at += 16) {
    const gap = f32x4.sub(v128.load(at), f32x4.splat(best));
    sum = f32x4.add(sum, exp2(f32x4.mul(gap, f32x4.splat(NEGATED_LOG2_E))));
  }
  sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  const total = f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
  return best * NEGATED_LOG2_E + log2(total);
}

/**
 * Labels of `order` in lanes, up to `live` of them, and all others as one in the last lane.
 *
 * @param order bytes from a pixel's first energy to that of each label: `live` that have lanes, then `dropped`.
 * @param scratch aligned to 16; 4 bytes for each dropped label, in whole vectors.
 */
export function loadLiveLogits(
  energies: usize,
  pixels: i32,
  labels: i32,
  order: usize,
  live: i32,
  logits: usize,
  step: usize,
  scratch: usize,
): void {
  const bytes = (<usize>labels) << 2;
  const lanes = (<usize>live) << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let at: usize = 0; at < lanes; at += 4)
      store<f32>(logits + at, NEGATED_LOG2_E * load<f32>(energies + load<u32>(order + at)));
    for (let at = lanes; at < step - 4; at += 4) store<f32>(logits + at, NEVER);
    for (let at = lanes; at < bytes; at += 4)
      store<f32>(scratch + at - lanes, load<f32>(energies + load<u32>(order + at)));
    store<f32>(logits + step - 4, mergeLogits(scratch, labels - live));
    energies += bytes;
    logits += step;
  }
}
