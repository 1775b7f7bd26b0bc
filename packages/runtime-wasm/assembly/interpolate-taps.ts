import { activate, clamp, highest, LAST_CLAMP, lowest } from './activate';
import { Tap } from './resize';

/** The second half of a convolution behind a bilinear resize. Steps and pitches are bytes. */
@unmanaged
class InterpolateTaps {
  /** What each tap of the filter makes of each pixel: `[row, column, filter]` of the filter one after the other in a pixel. */
  x: usize;
  y: usize;
  biases: usize;
  /** Of the shape of the result, or 0. */
  residual: usize;
  activation: i32;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  width: i32;
  /** From one tap to the next in a pixel of `x`. */
  tapBytes: usize;
  kernelHeight: i32;
  kernelWidth: i32;
  outHeight: i32;
  outWidth: i32;
  outPitch: usize;
  /** Taps of the filter along rows and columns, in whole groups of three. */
  tapRows: i32;
  tapColumns: i32;
  /** A `Tap` for each of them at each row and each column of the result; without weight where there is none. */
  rows: usize;
  columns: usize;
  /** Of all threads, `scratchBytes` each. */
  scratch: usize;
  scratchBytes: usize;
  /** Zeros for the channels of a pixel. */
  zeros: usize;
}

/**
 * `bytes` of `start`, and of three taps, each a mean of two places, to `to`, in whole blocks of 8 channels.
 *
 * @param residual what is added before the function `fn` is applied, or 0.
 */
function sumTaps(
  a0: usize,
  a1: usize,
  b0: usize,
  b1: usize,
  c0: usize,
  c1: usize,
  taps: usize,
  start: usize,
  to: usize,
  bytes: usize,
  residual: usize,
  fn: i32,
): void {
  const low = lowest(fn);
  const high = highest(fn);
  const a = changetype<Tap>(taps);
  const b = changetype<Tap>(taps + offsetof<Tap>());
  const c = changetype<Tap>(taps + 2 * offsetof<Tap>());
  const a0Share = f32x4.splat(a.lowerWeight);
  const a1Share = f32x4.splat(a.upperWeight);
  const b0Share = f32x4.splat(b.lowerWeight);
  const b1Share = f32x4.splat(b.upperWeight);
  const c0Share = f32x4.splat(c.lowerWeight);
  const c1Share = f32x4.splat(c.upperWeight);
  // two vectors a turn, since finding where they lie takes as long as adding them up
  for (let lane: usize = 0; lane < bytes; lane += 32) {
    const p0 = a0 + lane;
    const p1 = a1 + lane;
    const q0 = b0 + lane;
    const q1 = b1 + lane;
    const r0 = c0 + lane;
    const r1 = c1 + lane;
    const from = start + lane;
    const first0 = f32x4.add(v128.load(from), f32x4.mul(v128.load(p0), a0Share));
    const first1 = f32x4.add(v128.load(from, 16), f32x4.mul(v128.load(p0, 16), a0Share));
    const second0 = f32x4.add(f32x4.mul(v128.load(p1), a1Share), f32x4.mul(v128.load(q0), b0Share));
    const second1 = f32x4.add(f32x4.mul(v128.load(p1, 16), a1Share), f32x4.mul(v128.load(q0, 16), b0Share));
    const third0 = f32x4.add(f32x4.mul(v128.load(q1), b1Share), f32x4.mul(v128.load(r0), c0Share));
    const third1 = f32x4.add(f32x4.mul(v128.load(q1, 16), b1Share), f32x4.mul(v128.load(r0, 16), c0Share));
    const fourth0 = f32x4.add(third0, f32x4.mul(v128.load(r1), c1Share));
    const fourth1 = f32x4.add(third1, f32x4.mul(v128.load(r1, 16), c1Share));
    let sum0 = f32x4.add(f32x4.add(first0, second0), fourth0);
    let sum1 = f32x4.add(f32x4.add(first1, second1), fourth1);
    if (residual != 0) {
      sum0 = f32x4.add(sum0, v128.load(residual + lane));
      sum1 = f32x4.add(sum1, v128.load(residual + lane, 16));
    }
    if (fn > LAST_CLAMP) {
      sum0 = activate(sum0, fn);
      sum1 = activate(sum1, fn);
    }
    v128.store(to + lane, clamp(sum0, low, high));
    v128.store(to + lane, clamp(sum1, low, high), 16);
  }
}

/** Where tap `tap` of the filter reads; one that only fills up a group has no weight, and may read anything. */
function placeOf(tap: i32, step: usize, count: i32): usize {
  return <usize>(tap < count ? tap : 0) * step;
}

/** What the taps of one row of the result make of every column of the map, one column of the filter after the other. */
function sumRows(op: InterpolateTaps, image: usize, taps: usize, to: usize): void {
  const rowOfTaps = <usize>op.kernelWidth * op.tapBytes;
  for (let group = 0; group < op.tapRows; group += 3) {
    const a = changetype<Tap>(taps);
    const b = changetype<Tap>(taps + offsetof<Tap>());
    const c = changetype<Tap>(taps + 2 * offsetof<Tap>());
    const aPlace = image + placeOf(group, rowOfTaps, op.kernelHeight);
    const bPlace = image + placeOf(group + 1, rowOfTaps, op.kernelHeight);
    const cPlace = image + placeOf(group + 2, rowOfTaps, op.kernelHeight);
    let at = to;
    for (let column = 0; column < op.width; column++)
      for (let tap = 0; tap < op.kernelWidth; tap++) {
        const offset = <usize>column * op.pitch + <usize>tap * op.tapBytes;
        sumTaps(
          aPlace + <usize>a.lower * op.rowBytes + offset,
          aPlace + <usize>a.upper * op.rowBytes + offset,
          bPlace + <usize>b.lower * op.rowBytes + offset,
          bPlace + <usize>b.upper * op.rowBytes + offset,
          cPlace + <usize>c.lower * op.rowBytes + offset,
          cPlace + <usize>c.upper * op.rowBytes + offset,
          taps,
          group == 0 ? op.zeros : at,
          at,
          op.outPitch,
          0,
          0,
        );
        at += op.outPitch;
      }
    taps += 3 * offsetof<Tap>();
  }
}

/** One pixel of the result, of what {@link sumRows} left, with the other map and the activation. */
function sumColumns(op: InterpolateTaps, from: usize, taps: usize, to: usize): void {
  const step = <usize>op.kernelWidth * op.outPitch;
  for (let group = 0; group < op.tapColumns; group += 3) {
    const a = changetype<Tap>(taps);
    const b = changetype<Tap>(taps + offsetof<Tap>());
    const c = changetype<Tap>(taps + 2 * offsetof<Tap>());
    const aPlace = from + placeOf(group, op.outPitch, op.kernelWidth);
    const bPlace = from + placeOf(group + 1, op.outPitch, op.kernelWidth);
    const cPlace = from + placeOf(group + 2, op.outPitch, op.kernelWidth);
    const isLast = group + 3 >= op.tapColumns;
    sumTaps(
      aPlace + <usize>a.lower * step,
      aPlace + <usize>a.upper * step,
      bPlace + <usize>b.lower * step,
      bPlace + <usize>b.upper * step,
      cPlace + <usize>c.lower * step,
      cPlace + <usize>c.upper * step,
      taps,
      group == 0 ? op.biases : to,
      to,
      op.outPitch,
      isLast && op.residual != 0 ? op.residual + (to - op.y) : 0,
      isLast ? op.activation : 0,
    );
    taps += 3 * offsetof<Tap>();
  }
}

/** Rows `from … to − 1` of all images' results. */
export function interpolateTaps(at: usize, from: i32, to: i32, part: i32): void {
  const op = changetype<InterpolateTaps>(at);
  const scratch = op.scratch + <usize>part * op.scratchBytes;
  const rowTaps = <usize>op.tapRows * offsetof<Tap>();
  const columnTaps = <usize>op.tapColumns * offsetof<Tap>();
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const row = item - image * op.outHeight;
    sumRows(op, op.x + <usize>image * op.imageBytes, op.rows + <usize>row * rowTaps, scratch);
    let y = op.y + <usize>(item * op.outWidth) * op.outPitch;
    for (let column = 0; column < op.outWidth; column++) {
      sumColumns(op, scratch, op.columns + <usize>column * columnTaps, y);
      y += op.outPitch;
    }
  }
}
