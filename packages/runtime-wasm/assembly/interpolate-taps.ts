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
 * `bytes` of `start`, and of three taps, each a mean of two places, to `to`. @param residual what is added before the function `fn` is applied.
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
  for (let lane: usize = 0; lane < bytes; lane += 16) {
    const first = f32x4.add(v128.load(start + lane), f32x4.mul(v128.load(a0 + lane), a0Share));
    const second = f32x4.add(f32x4.mul(v128.load(a1 + lane), a1Share), f32x4.mul(v128.load(b0 + lane), b0Share));
    const third = f32x4.add(f32x4.mul(v128.load(b1 + lane), b1Share), f32x4.mul(v128.load(c0 + lane), c0Share));
    const fourth = f32x4.add(third, f32x4.mul(v128.load(c1 + lane), c1Share));
    let sum = f32x4.add(f32x4.add(first, second), fourth);
    if (residual != 0) sum = f32x4.add(sum, v128.load(residual + lane));
    if (fn > LAST_CLAMP) sum = activate(sum, fn);
    v128.store(to + lane, clamp(sum, low, high));
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
