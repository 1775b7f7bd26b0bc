import { activate } from './activate';
import { Position } from './positions';

/** A filter for each channel. Pitches and steps are bytes; both maps have the same pitch. */
@unmanaged
class Depthwise {
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
  kernelWidth: i32;
  outHeight: i32;
  outWidth: i32;
  rows: usize;
  columns: usize;
}

/** Four channels of one pixel. */
function pixelAt(op: Depthwise, x: usize, weights: usize, sum: v128, rows: Position, columns: Position): v128 {
  for (let row = rows.first; row < rows.last; row++)
    for (let column = columns.first; column < columns.last; column++) {
      const from = x + <usize>row * op.rowStep + <usize>column * op.columnStep;
      const weight = v128.load(weights + <usize>(row * op.kernelWidth + column) * op.pitch);
      sum = f32x4.add(sum, f32x4.mul(v128.load(from), weight));
    }
  return activate(sum, op.activation);
}

/** Rows `from … to − 1` of all images' results. */
export function depthwise(at: usize, from: i32, to: i32): void {
  const op = changetype<Depthwise>(at);
  for (let item = from; item < to; item++) {
    const image = item / op.outHeight;
    const rows = changetype<Position>(op.rows + (item - image * op.outHeight) * offsetof<Position>());
    const row = op.x + <usize>image * op.imageBytes + <usize>rows.start * op.rowBytes;
    let y = op.y + <usize>(item * op.outWidth) * op.pitch;
    for (let column = 0; column < op.outWidth; column++) {
      const columns = changetype<Position>(op.columns + column * offsetof<Position>());
      const x = row + <usize>columns.start * op.pitch;
      for (let lane: usize = 0; lane < op.pitch; lane += 16) {
        const bias = v128.load(op.biases + lane);
        v128.store(y + lane, pixelAt(op, x + lane, op.weights + lane, bias, rows, columns));
      }
      y += op.pitch;
    }
  }
}
