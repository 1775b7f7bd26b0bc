import { exp, log } from './exponential';

/** Lanes of a vector whose channel, `first` and those after it, is below `channels`. */
function isChannel(first: i32, channels: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3)), i32x4.splat(channels));
}

/** Four channels from `first` on, with nothing that could be the largest beyond the last. */
export function channelsAt(values: v128, first: i32, channels: i32): v128 {
  if (first + 4 <= channels) return values;
  return v128.bitselect(values, f32x4.splat(-Infinity), isChannel(first, channels));
}

function largestLane(v: v128): f32 {
  const halves = f32x4.pmax(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(halves, v128.shuffle<f32>(halves, halves, 1, 0, 3, 2)), 0);
}

/** Index of the largest channel of one pixel; the lowest wins ties. */
function largestChannel(x: usize, channels: i32): i32 {
  let most = channelsAt(v128.load(x), 0, channels);
  let index = i32x4(0, 1, 2, 3);
  let best = index;
  for (let first = 4; first < channels; first += 4) {
    index = i32x4.add(index, i32x4.splat(4));
    const values = channelsAt(v128.load(x + ((<usize>first) << 2)), first, channels);
    const isMore = f32x4.gt(values, most);
    most = v128.bitselect(values, most, isMore);
    best = v128.bitselect(index, best, isMore);
  }
  return lowestOfLargest(most, best);
}

/** The least index among lanes with the largest value. */
export function lowestOfLargest(values: v128, indices: v128): i32 {
  const isMost = f32x4.eq(values, f32x4.splat(largestLane(values)));
  const least = v128.bitselect(indices, i32x4.splat(i32.MAX_VALUE), isMost);
  const halves = i32x4.min_s(least, v128.shuffle<i32>(least, least, 2, 3, 0, 1));
  return i32x4.extract_lane(i32x4.min_s(halves, v128.shuffle<i32>(halves, halves, 1, 0, 3, 2)), 0);
}

/** Class ids of a map. */
@unmanaged
class ArgMax {
  x: usize;
  /** Integers. */
  y: usize;
  pitch: usize;
  channels: i32;
}

/** Pixels `from … to − 1`. */
export function argMax(at: usize, from: i32, to: i32): void {
  const op = changetype<ArgMax>(at);
  for (let pixel = from; pixel < to; pixel++)
    store<i32>(op.y + ((<usize>pixel) << 2), largestChannel(op.x + <usize>pixel * op.pitch, op.channels));
}

/** Probabilities of classes, or their logarithms. */
@unmanaged
class Softmax {
  x: usize;
  y: usize;
  pitch: usize;
  channels: i32;
  isLog: i32;
}

function softmaxOf(op: Softmax, x: usize, y: usize): void {
  const channels = op.channels;
  let most = channelsAt(v128.load(x), 0, channels);
  for (let first = 4; first < channels; first += 4)
    most = f32x4.pmax(most, channelsAt(v128.load(x + ((<usize>first) << 2)), first, channels));
  const largest = f32x4.splat(largestLane(most));
  let sums = f32x4.splat(0);
  for (let first = 0; first < channels; first += 4) {
    const e = exp(f32x4.sub(channelsAt(v128.load(x + ((<usize>first) << 2)), first, channels), largest));
    const counted = v128.and(e, isChannel(first, channels));
    sums = f32x4.add(sums, counted);
    if (!op.isLog) v128.store(y + ((<usize>first) << 2), counted);
  }
  const pairs = f32x4.add(sums, v128.shuffle<f32>(sums, sums, 2, 3, 0, 1));
  const sum = f32x4.extract_lane(f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)), 0);
  const total = f32x4.splat(op.isLog ? log(sum) : sum);
  for (let first: usize = 0; first < (<usize>channels) << 2; first += 16) {
    if (op.isLog) v128.store(y + first, f32x4.sub(f32x4.sub(v128.load(x + first), largest), total));
    else v128.store(y + first, f32x4.div(v128.load(y + first), total));
  }
}

/** Pixels `from … to − 1`. */
export function softmax(at: usize, from: i32, to: i32): void {
  const op = changetype<Softmax>(at);
  for (let pixel = from; pixel < to; pixel++)
    softmaxOf(op, op.x + <usize>pixel * op.pitch, op.y + <usize>pixel * op.pitch);
}
