import { activate } from './activate';
import { Depthwise } from './depthwise';
import { Position } from './positions';

/** Columns whose pixels stay in the innermost cache while all vectors of a cache line are computed. */
const TILE: i32 = 16;
const LINE: usize = 64;

/** Four channels of some columns of a row, by a 3×3 filter. Rows of the filter beyond the map weigh nothing. */
function sumVector(op: Depthwise, rows: Position, x: usize, y: usize, lane: usize, column: i32, end: i32): void {
  const zero = f32x4.splat(0);
  const hasTop = rows.first == 0;
  const hasMiddle = rows.first <= 1 && rows.last >= 2;
  const hasBottom = rows.last == 3;
  const weights = op.weights + lane;
  const pitch = op.pitch;
  const w00 = hasTop ? v128.load(weights) : zero;
  const w01 = hasTop ? v128.load(weights + pitch) : zero;
  const w02 = hasTop ? v128.load(weights + 2 * pitch) : zero;
  const w10 = hasMiddle ? v128.load(weights + 3 * pitch) : zero;
  const w11 = hasMiddle ? v128.load(weights + 4 * pitch) : zero;
  const w12 = hasMiddle ? v128.load(weights + 5 * pitch) : zero;
  const w20 = hasBottom ? v128.load(weights + 6 * pitch) : zero;
  const w21 = hasBottom ? v128.load(weights + 7 * pitch) : zero;
  const w22 = hasBottom ? v128.load(weights + 8 * pitch) : zero;
  const bias = v128.load(op.biases + lane);
  const inside = x + <usize>rows.first * op.rowStep;
  const top = hasTop ? x : inside;
  const middle = hasMiddle ? x + op.rowStep : inside;
  const bottom = hasBottom ? x + 2 * op.rowStep : inside;
  const step = op.columnStep;
  const fn = op.activation;
  for (; column < end; column++) {
    const columns = changetype<Position>(op.columns + column * offsetof<Position>());
    const first = columns.first;
    const last = columns.last;
    let at = <usize>columns.start * pitch + lane;
    let sum = bias;
    if (first == 0 && last > 0) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(top + at), w00));
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + at), w10));
      sum = f32x4.add(sum, f32x4.mul(v128.load(bottom + at), w20));
    }
    at += step;
    if (first <= 1 && last >= 2) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(top + at), w01));
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + at), w11));
      sum = f32x4.add(sum, f32x4.mul(v128.load(bottom + at), w21));
    }
    at += step;
    if (last == 3) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(top + at), w02));
      sum = f32x4.add(sum, f32x4.mul(v128.load(middle + at), w12));
      sum = f32x4.add(sum, f32x4.mul(v128.load(bottom + at), w22));
    }
    v128.store(y + <usize>column * pitch + lane, activate(sum, fn));
  }
}

/** A row of the result, by a 3×3 filter of which at least one row lies inside the map. @param x where row 0 of the filter reads. */
export function depthwiseRow3(op: Depthwise, rows: Position, x: usize, y: usize): void {
  for (let column = 0; column < op.outWidth; column += TILE) {
    const end = min(column + TILE, op.outWidth);
    for (let line: usize = 0; line < op.pitch; line += LINE) {
      const lineEnd = min(line + LINE, op.pitch);
      for (let lane = line; lane < lineEnd; lane += 16) sumVector(op, rows, x, y, lane, column, end);
    }
  }
}
