import { activate } from './activate';
import { depthwiseRow3 } from './depthwise3';
import { Position } from './positions';

/** A filter for each channel. Pitches and steps are bytes; both maps have the same pitch. */
@unmanaged
export class Depthwise {
  x: usize;
  y: usize;
  /** `[tap, pitch]`. */
  weights: usize;
  biases: usize;
  activation: i32;
  imageBytes: usize;
  rowBytes: usize;
  pitch: usize;
  rowStep: usize;
  columnStep: usize;
  kernelHeight: i32;
  kernelWidth: i32;
  outHeight: i32;
  outWidth: i32;
  rows: usize;
  columns: usize;
}

/** All channels of one pixel, eight at a time. */
function sumPixel(op: Depthwise, x: usize, y: usize, rows: Position, columns: Position): void {
  for (let lane: usize = 0; lane < op.pitch; lane += 32) {
    let sum0 = v128.load(op.biases + lane);
    let sum1 = v128.load(op.biases + lane, 16);
    for (let row = rows.first; row < rows.last; row++) {
      let from = x + lane + <usize>row * op.rowStep + <usize>columns.first * op.columnStep;
      let weight = op.weights + lane + <usize>(row * op.kernelWidth + columns.first) * op.pitch;
      for (let column = columns.first; column < columns.last; column++) {
        sum0 = f32x4.add(sum0, f32x4.mul(v128.load(from), v128.load(weight)));
        sum1 = f32x4.add(sum1, f32x4.mul(v128.load(from, 16), v128.load(weight, 16)));
        from += op.columnStep;
        weight += op.pitch;
      }
    }
    v128.store(y + lane, activate(sum0, op.activation));
    v128.store(y + lane, activate(sum1, op.activation), 16);
  }
}

/** Rows `from … to − 1` of all images' results. */
export function depthwise(at: usize, from: i32, to: i32): void {
  const op = changetype<Depthwise>(at);
  const is3x3 = op.kernelHeight == 3 && op.kernelWidth == 3;
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Position>(op.rows + (item - image * op.outHeight) * offsetof<Position>());
    const row = op.x + <usize>image * op.imageBytes + <usize>rows.start * op.rowBytes;
    const y = op.y + <usize>(item * op.outWidth) * op.pitch;
    if (is3x3 && rows.first < rows.last) {
      depthwiseRow3(op, rows, row, y);
      continue;
    }
    for (let column = 0; column < op.outWidth; column++) {
      const columns = changetype<Position>(op.columns + column * offsetof<Position>());
      sumPixel(op, row + <usize>columns.start * op.pitch, y + <usize>column * op.pitch, rows, columns);
    }
  }
}
