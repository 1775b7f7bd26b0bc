import { activate } from './activate';
import { Winograd } from './winograd';

/** In place of a pixel beyond the result. */
const NOWHERE: usize = usize.MAX_VALUE;

/** Where the pixels of a tile go, from the beginning of the result on. */
export function findTargets(op: Winograd, image: i32, row: i32, column: i32, to: usize): void {
  for (let i = 0; i < op.side; i++) {
    const y = row + i * op.rateRow;
    for (let j = 0; j < op.side; j++) {
      const x = column + j * op.rateColumn;
      const pixel = (image * op.outHeight + y) * op.outColumns + x;
      store<usize>(to, y < op.outHeight && x < op.outColumns ? <usize>pixel * op.outPitch : NOWHERE);
      to += 4;
    }
  }
}

/** Stores four filters of one pixel of a tile. */
export function storePixel(op: Winograd, sum: v128, targets: usize, pixel: i32, lane: usize): void {
  const target = load<usize>(targets + ((<usize>pixel) << 2));
  if (target == NOWHERE) return;
  const offset = target + lane;
  let total = f32x4.add(sum, v128.load(op.biases + lane));
  if (op.residual != 0) total = f32x4.add(total, v128.load(op.residual + offset));
  v128.store(op.y + offset, activate(total, op.activation));
}
