import { exp } from './exponential';

/** Logits and what is made of them. Taps of row or column `i` of the result are those from `starts[i]` to before `starts[i + 1]`. */
@unmanaged
class Pixels {
  /** `[h, w, c]`. */
  logits: usize;
  width: i32;
  classes: i32;
  rowStarts: usize;
  rowPositions: usize;
  rowWeights: usize;
  columnStarts: usize;
  columnPositions: usize;
  columnWeights: usize;
  outWidth: i32;
  /** Room for a row of logits, and for a pixel, as numbers of 64 bits, each pixel in whole vectors. */
  blended: usize;
  values: usize;
  /** Room for a class for each column of the logits, where only labels are wanted; or 0. */
  best: usize;
  /** Where the results of the first row go, or 0: 16 bits a label. */
  labels: usize;
  confidence: usize;
  probabilities: usize;
  energies: usize;
}

/** Bytes of a pixel's numbers of 64 bits. */
function pitchOf(op: Pixels): usize {
  return (<usize>((op.classes + 1) & ~1)) << 3;
}

/** Row `y` of the result, still at the logits' width. */
function blendRow(op: Pixels, y: i32): void {
  const pitch = pitchOf(op);
  const classBytes = (<usize>op.classes) << 2;
  const start = op.rowStarts + ((<usize>y) << 2);
  const end = load<u32>(start, 4);
  const first = load<u32>(start);
  for (let tap = first; tap < end; tap++) {
    const weight = f64x2.splat(load<f64>(op.rowWeights + ((<usize>tap) << 3)));
    let from = op.logits + <usize>load<u32>(op.rowPositions + ((<usize>tap) << 2)) * <usize>op.width * classBytes;
    let to = op.blended;
    for (let column = 0; column < op.width; column++) {
      // with an odd number of classes, the last vector has a number too many
      let at = from;
      for (const last = to + pitch; to < last; to += 16) {
        const part = f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(at)), weight);
        v128.store(to, tap == first ? part : f64x2.add(v128.load(to), part));
        at += 8;
      }
      from += classBytes;
    }
  }
  if ((op.classes & 1) != 0)
    for (let column = 0; column < op.width; column++)
      store<f64>(op.blended + <usize>column * pitch + 2 * classBytes, -Infinity);
}

/** Leaves the logits of column `x` in `values`, and returns the largest. */
function interpolate(op: Pixels, x: i32): f64 {
  const pitch = pitchOf(op);
  const start = op.columnStarts + ((<usize>x) << 2);
  const first = load<u32>(start);
  const end = load<u32>(start, 4);
  let most = f64x2.splat(-Infinity);
  // two at a time: there are seldom more
  for (let tap = first; tap < end; tap += 2) {
    const other = min(tap + 1, end - 1);
    const a = op.blended + <usize>load<u32>(op.columnPositions + ((<usize>tap) << 2)) * pitch;
    const b = op.blended + <usize>load<u32>(op.columnPositions + ((<usize>other) << 2)) * pitch;
    const aWeight = v128.load64_splat(op.columnWeights + ((<usize>tap) << 3));
    const bWeight = v128.load64_splat(op.columnWeights + ((<usize>other) << 3));
    most = f64x2.splat(-Infinity);
    for (let lane: usize = 0; lane < pitch; lane += 16) {
      let sum = f64x2.mul(v128.load(a + lane), aWeight);
      if (other != tap) sum = f64x2.add(sum, f64x2.mul(v128.load(b + lane), bWeight));
      if (tap != first) sum = f64x2.add(sum, v128.load(op.values + lane));
      v128.store(op.values + lane, sum);
      most = f64x2.pmax(most, sum);
    }
  }
  return max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}

/** The first class whose value is `most`. @param pixel values of all classes. */
function classOf(op: Pixels, pixel: usize, most: f64): i32 {
  let label = 0;
  while (label < op.classes - 1 && load<f64>(pixel + ((<usize>label) << 3)) != most) label++;
  return label;
}

/** Leaves the class of every column of a blended row in `best`. */
function findBest(op: Pixels): void {
  const pitch = pitchOf(op);
  let pixel = op.blended;
  for (let column = 0; column < op.width; column++) {
    let most = v128.load(pixel);
    for (let lane: usize = 16; lane < pitch; lane += 16) most = f64x2.pmax(most, v128.load(pixel + lane));
    const label = classOf(op, pixel, max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1)));
    store<i32>(op.best + ((<usize>column) << 2), label);
    pixel += pitch;
  }
}

/** The class that is the largest in all columns that column `x` is made of, and so there; or −1. */
function commonBest(op: Pixels, x: i32): i32 {
  const start = op.columnStarts + ((<usize>x) << 2);
  const end = load<u32>(start, 4);
  let label = -1;
  for (let tap = load<u32>(start); tap < end; tap++) {
    const position = <usize>load<u32>(op.columnPositions + ((<usize>tap) << 2));
    const own = load<i32>(op.best + (position << 2));
    if (label >= 0 && own != label) return -1;
    label = own;
  }
  return label;
}

/** Labels of a row that was blended, where nothing else is wanted. Where classes tie exactly, it may be another of them. */
function labelRow(op: Pixels, to: usize): void {
  findBest(op);
  for (let x = 0; x < op.outWidth; x++) {
    let label = commonBest(op, x);
    if (label < 0) label = classOf(op, op.values, interpolate(op, x));
    store<u16>(to + ((<usize>x) << 1), <u16>label);
  }
}

/** Puts e to the power of how far each value is from the largest in its place, and returns their sum. */
function exponentials(op: Pixels, most: f64): f64 {
  const pitch = pitchOf(op);
  const largest = f64x2.splat(most);
  let sum = f64x2.splat(0);
  for (let at = op.values; at < op.values + pitch; at += 16) {
    const power = exp(f64x2.sub(v128.load(at), largest));
    v128.store(at, power);
    sum = f64x2.add(sum, power);
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Writes `offset + factor · value` of each class as a number of 32 bits; with an odd number of classes one more, which the next pixel overwrites. */
function storeNumbers(op: Pixels, to: usize, factor: f64, offset: f64): void {
  const factors = f64x2.splat(factor);
  const offsets = f64x2.splat(offset);
  const end = op.values + pitchOf(op);
  for (let at = op.values; at < end; at += 16) {
    const numbers = f64x2.add(offsets, f64x2.mul(factors, v128.load(at)));
    v128.store64_lane(to, f32x4.demote_f64x2_zero(numbers), 0);
    to += 8;
  }
}

/** All that is wanted of a row that was blended. @param pixel the first of the row, from that of the first row on. */
function describeRow(op: Pixels, pixel: usize): void {
  for (let x = 0; x < op.outWidth; x++, pixel++) {
    const most = interpolate(op, x);
    const first = (pixel * <usize>op.classes) << 2;
    if (op.labels != 0) store<u16>(op.labels + (pixel << 1), <u16>classOf(op, op.values, most));
    if (op.energies != 0) storeNumbers(op, op.energies + first, -1, most);
    if (op.confidence == 0 && op.probabilities == 0) continue;
    const share = 1 / exponentials(op, most);
    if (op.confidence != 0) store<f32>(op.confidence + (pixel << 2), <f32>share);
    if (op.probabilities != 0) storeNumbers(op, op.probabilities + first, share, 0);
  }
}

/** Rows `from … to − 1` of the result. */
export function labelRows(at: usize, from: i32, to: i32): void {
  const op = changetype<Pixels>(at);
  for (let y = from; y < to; y++) {
    blendRow(op, y);
    const pixel = <usize>((y - from) * op.outWidth);
    if (op.best != 0) labelRow(op, op.labels + (pixel << 1));
    else describeRow(op, pixel);
  }
}
