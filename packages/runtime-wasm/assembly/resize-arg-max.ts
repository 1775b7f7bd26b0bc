import { channelsAt, lowestOfLargest } from './classes';
import { Tap } from './resize';

/** Class ids of a map that is resized on the way. Pitches are bytes. */
@unmanaged
class ResizeArgMax {
  x: usize;
  /** Class ids of the pixels of `x`. */
  ids: usize;
  /** Integers. */
  y: usize;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  channels: i32;
  height: i32;
  width: i32;
  outHeight: i32;
  outWidth: i32;
  /** A `Tap` for each row and each column of the result. */
  rows: usize;
  columns: usize;
}

function mix(a: v128, b: v128, shareOfA: v128, shareOfB: v128): v128 {
  return f32x4.add(f32x4.mul(a, shareOfA), f32x4.mul(b, shareOfB));
}

/** Class of the mean of four pixels. */
function classBetween(op: ResizeArgMax, upper: usize, lower: usize, rows: Tap, columns: Tap): i32 {
  const left = <usize>columns.lower * op.pitch;
  const right = <usize>columns.upper * op.pitch;
  const leftShare = f32x4.splat(columns.lowerWeight);
  const rightShare = f32x4.splat(columns.upperWeight);
  const upperShare = f32x4.splat(rows.lowerWeight);
  const lowerShare = f32x4.splat(rows.upperWeight);
  const channels = op.channels;
  let most = f32x4.splat(-Infinity);
  let index = i32x4(0, 1, 2, 3);
  let best = index;
  for (let first = 0; first < channels; first += 4) {
    const lane = (<usize>first) << 2;
    const above = mix(v128.load(upper + left + lane), v128.load(upper + right + lane), leftShare, rightShare);
    const below = mix(v128.load(lower + left + lane), v128.load(lower + right + lane), leftShare, rightShare);
    const values = channelsAt(mix(above, below, upperShare, lowerShare), first, channels);
    const isMore = f32x4.gt(values, most);
    most = v128.bitselect(values, most, isMore);
    best = v128.bitselect(index, best, isMore);
    index = i32x4.add(index, i32x4.splat(4));
  }
  return lowestOfLargest(most, best);
}

/**
 * Rows `from … to − 1` of all images' results.
 *
 * What lies between four pixels of one class is a mean of them, so that it has no other: only pixels at the borders of classes are computed.
 */
export function resizeArgMax(at: usize, from: i32, to: i32): void {
  const op = changetype<ResizeArgMax>(at);
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Tap>(op.rows + (item - image * op.outHeight) * offsetof<Tap>());
    const x = op.x + <usize>image * op.imageBytes;
    const upper = x + <usize>rows.lower * op.rowBytes;
    const lower = x + <usize>rows.upper * op.rowBytes;
    const upperIds = op.ids + ((<usize>((image * op.height + rows.lower) * op.width)) << 2);
    const lowerIds = op.ids + ((<usize>((image * op.height + rows.upper) * op.width)) << 2);
    const y = op.y + ((<usize>(item * op.outWidth)) << 2);
    for (let column = 0; column < op.outWidth; column++) {
      const columns = changetype<Tap>(op.columns + column * offsetof<Tap>());
      const left = (<usize>columns.lower) << 2;
      const right = (<usize>columns.upper) << 2;
      let id = load<i32>(upperIds + left);
      const isSame =
        id == load<i32>(upperIds + right) && id == load<i32>(lowerIds + left) && id == load<i32>(lowerIds + right);
      if (!isSame) id = classBetween(op, upper, lower, rows, columns);
      store<i32>(y + ((<usize>column) << 2), id);
    }
  }
}
