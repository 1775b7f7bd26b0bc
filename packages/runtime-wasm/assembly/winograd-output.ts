import { activate } from './activate';
import { Winograd } from './winograd';

/** Stores four filters of one pixel of a tile, where it lies inside the result. */
export function storePixel(op: Winograd, sum: v128, image: i32, row: i32, column: i32, lane: usize): void {
  if (row >= op.outHeight || column >= op.outColumns) return;
  const pixel = (image * op.outHeight + row) * op.outColumns + column;
  const offset = <usize>pixel * op.outPitch + lane;
  let total = f32x4.add(sum, v128.load(op.biases + lane));
  if (op.residual != 0) total = f32x4.add(total, v128.load(op.residual + offset));
  v128.store(op.y + offset, activate(total, op.activation));
}
