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
  /** Where columns of the result begin that lie between the same two of the map, and behind the last. */
  cells: usize;
  cellCount: i32;
  /** Two pixels for each thread. */
  scratch: usize;
}

function mix(a: v128, b: v128, shareOfA: v128, shareOfB: v128): v128 {
  return f32x4.add(f32x4.mul(a, shareOfA), f32x4.mul(b, shareOfB));
}

/** All channels of two columns of the map, each between two rows, to `to`. */
function mixRows(op: ResizeArgMax, upper: usize, lower: usize, rows: Tap, columns: Tap, to: usize): void {
  const left = <usize>columns.lower * op.pitch;
  const right = <usize>columns.upper * op.pitch;
  const upperShare = f32x4.splat(rows.lowerWeight);
  const lowerShare = f32x4.splat(rows.upperWeight);
  for (let lane: usize = 0; lane < op.pitch; lane += 16) {
    const from = upper + lane;
    const below = lower + lane;
    v128.store(to + lane, mix(v128.load(from + left), v128.load(below + left), upperShare, lowerShare));
    const second = mix(v128.load(from + right), v128.load(below + right), upperShare, lowerShare);
    v128.store(to + lane + op.pitch, second);
  }
}

/** Class of a pixel between two columns, of what {@link mixRows} left. */
function classBetween(op: ResizeArgMax, mixed: usize, columns: Tap): i32 {
  const leftShare = f32x4.splat(columns.lowerWeight);
  const rightShare = f32x4.splat(columns.upperWeight);
  const channels = op.channels;
  let most = f32x4.splat(-Infinity);
  let index = i32x4(0, 1, 2, 3);
  let best = index;
  for (let first = 0; first < channels; first += 4) {
    const at = mixed + ((<usize>first) << 2);
    const values = channelsAt(mix(v128.load(at), v128.load(at + op.pitch), leftShare, rightShare), first, channels);
    const isMore = f32x4.gt(values, most);
    most = v128.bitselect(values, most, isMore);
    best = v128.bitselect(index, best, isMore);
    index = i32x4.add(index, i32x4.splat(4));
  }
  return lowestOfLargest(most, best);
}

function fill(y: usize, count: i32, id: i32): void {
  let i = 0;
  for (const ids = i32x4.splat(id); i + 4 <= count; i += 4) v128.store(y + ((<usize>i) << 2), ids);
  for (; i < count; i++) store<i32>(y + ((<usize>i) << 2), id);
}

/** A row of the result. @param ids class ids of the rows of the map above and below it. */
function resizeRow(op: ResizeArgMax, x: usize, ids: usize, rows: Tap, mixed: usize, y: usize): void {
  const upper = x + <usize>rows.lower * op.rowBytes;
  const lower = x + <usize>rows.upper * op.rowBytes;
  const upperIds = ids + ((<usize>(rows.lower * op.width)) << 2);
  const lowerIds = ids + ((<usize>(rows.upper * op.width)) << 2);
  for (let cell = 0; cell < op.cellCount; cell++) {
    const begin = load<i32>(op.cells + ((<usize>cell) << 2));
    const end = load<i32>(op.cells + ((<usize>cell) << 2), 4);
    const first = changetype<Tap>(op.columns + begin * offsetof<Tap>());
    const left = (<usize>first.lower) << 2;
    const right = (<usize>first.upper) << 2;
    const id = load<i32>(upperIds + left);
    const isSame =
      id == load<i32>(upperIds + right) && id == load<i32>(lowerIds + left) && id == load<i32>(lowerIds + right);
    if (isSame) {
      fill(y + ((<usize>begin) << 2), end - begin, id);
      continue;
    }
    mixRows(op, upper, lower, rows, first, mixed);
    for (let column = begin; column < end; column++) {
      const columns = changetype<Tap>(op.columns + column * offsetof<Tap>());
      store<i32>(y + ((<usize>column) << 2), classBetween(op, mixed, columns));
    }
  }
}

/**
 * Rows `from … to − 1` of all images' results.
 *
 * What lies between four pixels of one class is a mean of them, so that it has no other: only pixels at the borders of classes are computed.
 */
export function resizeArgMax(at: usize, from: i32, to: i32, part: i32): void {
  const op = changetype<ResizeArgMax>(at);
  const mixed = op.scratch + 2 * <usize>part * op.pitch;
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Tap>(op.rows + (item - image * op.outHeight) * offsetof<Tap>());
    const x = op.x + <usize>image * op.imageBytes;
    const ids = op.ids + ((<usize>(image * op.height * op.width)) << 2);
    resizeRow(op, x, ids, rows, mixed, op.y + ((<usize>(item * op.outWidth)) << 2));
  }
}
