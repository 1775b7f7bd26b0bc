import { exp2, log2 } from './exponential';

/** Energies in natural units become binary logits. */
const NEGATED_LOG2_E: f32 = -1.44269504;
/** The logit of a lane that no label has. */
const NEVER: f32 = -1e30;

function least(x: v128): f32 {
  const pairs = f32x4.pmin(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmin(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
}

function sum(x: v128): f32 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The lanes of a vector that `count` numbers in whole vectors leave in the last. */
function lastLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(((count - 1) & 3) + 1));
}

/**
 * For each label the least that its energy lies above the best label's, over all pixels: it is nowhere more probable than e to minus that.
 *
 * @param energies `[pixels, labels]`. @param gaps receives a number for each label, in whole vectors.
 */
export function leastGaps(energies: usize, pixels: i32, labels: i32, gaps: usize): void {
  const bytes = (<usize>labels) << 2;
  const last = (bytes - 1) & ~15;
  const mask = lastLanes(labels);
  const beyond = f32x4.splat(-NEVER);
  for (let at: usize = 0; at <= last; at += 16) v128.store(gaps + at, beyond);
  for (let pixel = 0; pixel < pixels; pixel++) {
    // behind the last label there are those of the next pixel
    const end = v128.bitselect(v128.load(energies + last), beyond, mask);
    let low = end;
    for (let at: usize = 0; at < last; at += 16) low = f32x4.pmin(low, v128.load(energies + at));
    const best = f32x4.splat(least(low));
    for (let at: usize = 0; at < last; at += 16) {
      const gap = f32x4.sub(v128.load(energies + at), best);
      v128.store(gaps + at, f32x4.pmin(v128.load(gaps + at), gap));
    }
    v128.store(gaps + last, f32x4.pmin(v128.load(gaps + last), f32x4.sub(end, best)));
    energies += bytes;
  }
}

/** Every label in its lane: logits `[pixels]`, `step` bytes apart. */
export function loadAllLogits(energies: usize, pixels: i32, labels: i32, logits: usize, step: usize): void {
  const bytes = (<usize>labels) << 2;
  const last = (bytes - 1) & ~15;
  const mask = lastLanes(labels);
  const factor = f32x4.splat(NEGATED_LOG2_E);
  const never = f32x4.splat(NEVER);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let at: usize = 0; at < last; at += 16) v128.store(logits + at, f32x4.mul(factor, v128.load(energies + at)));
    v128.store(logits + last, v128.bitselect(f32x4.mul(factor, v128.load(energies + last)), never, mask));
    for (let at = last + 16; at < step; at += 16) v128.store(logits + at, never);
    energies += bytes;
    logits += step;
  }
}

/** Logits of four labels of one pixel. Without stores of single numbers: a vector would have to wait for them. */
function gather(energies: usize, order: usize): v128 {
  let four = v128.load32_zero(energies + load<u32>(order));
  four = v128.load_lane<f32>(energies + load<u32>(order, 4), four, 1);
  four = v128.load_lane<f32>(energies + load<u32>(order, 8), four, 2);
  four = v128.load_lane<f32>(energies + load<u32>(order, 12), four, 3);
  return f32x4.mul(f32x4.splat(NEGATED_LOG2_E), four);
}

/** The logit of several labels as one. @param best of all of the pixel's labels. @param mask of lanes in the last four. */
function mergeLogits(energies: usize, order: usize, end: usize, mask: v128, best: f32): f32 {
  const top = f32x4.splat(best);
  let total = f32x4.splat(0);
  for (; order < end; order += 16) total = f32x4.add(total, exp2(f32x4.sub(gather(energies, order), top)));
  const last = exp2(f32x4.sub(gather(energies, end), top));
  return best + log2(sum(f32x4.add(total, v128.and(last, mask))));
}

/**
 * Labels of `order` in lanes, and all others as one in the last lane.
 *
 * @param order bytes from a pixel's first energy to that of each label: first those that fill all lanes but the last, among which is the best
 *   of every pixel, then the others. Behind it there are three more.
 */
export function loadLiveLogits(
  energies: usize,
  pixels: i32,
  labels: i32,
  order: usize,
  logits: usize,
  step: usize,
): void {
  const bytes = (<usize>labels) << 2;
  const last = step - 16;
  const dropped = labels + 1 - <i32>(step >> 2);
  const rest = order + step - 4;
  const lastDropped = rest + (((<usize>(dropped - 1)) & ~3) << 2);
  const mask = lastLanes(dropped);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let top = f32x4.splat(NEVER);
    for (let at: usize = 0; at < last; at += 16) {
      const four = gather(energies, order + at);
      top = f32x4.pmax(top, four);
      v128.store(logits + at, four);
    }
    const three = f32x4.replace_lane(gather(energies, order + last), 3, NEVER);
    const best = -least(f32x4.neg(f32x4.pmax(top, three)));
    const merged = mergeLogits(energies, rest, lastDropped, mask, best);
    v128.store(logits + last, f32x4.replace_lane(three, 3, merged));
    energies += bytes;
    logits += step;
  }
}
