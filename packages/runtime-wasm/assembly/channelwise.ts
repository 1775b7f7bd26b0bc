import { activate } from './activate';
import { combine } from './elementwise';

/** A factor and a summand for each channel. */
@unmanaged
class Affine {
  x: usize;
  y: usize;
  scale: usize;
  shift: usize;
  pitch: usize;
}

/** Pixels `from … to − 1`. */
export function affine(at: usize, from: i32, to: i32): void {
  const op = changetype<Affine>(at);
  for (let pixel = from; pixel < to; pixel++) {
    const offset = <usize>pixel * op.pitch;
    for (let lane: usize = 0; lane < op.pitch; lane += 16) {
      const scaled = f32x4.mul(v128.load(op.x + offset + lane), v128.load(op.scale + lane));
      v128.store(op.y + offset + lane, f32x4.add(scaled, v128.load(op.shift + lane)));
    }
  }
}

/** A map plus or times one that has a single row or column, which is repeated. Its steps are bytes, 0 where it is repeated. */
@unmanaged
class Broadcast {
  x: usize;
  y: usize;
  operand: usize;
  /** As of `elementwise`. */
  operation: i32;
  activation: i32;
  pitch: usize;
  height: i32;
  width: i32;
  operandImage: usize;
  operandRow: usize;
  operandColumn: usize;
}

/** Rows `from … to − 1` of all images. */
export function broadcast(at: usize, from: i32, to: i32): void {
  const op = changetype<Broadcast>(at);
  for (let item = from; item < to; item++) {
    const image = item / op.height;
    let operand = op.operand + <usize>image * op.operandImage + <usize>(item - image * op.height) * op.operandRow;
    let offset = <usize>(item * op.width) * op.pitch;
    for (let column = 0; column < op.width; column++) {
      for (let lane: usize = 0; lane < op.pitch; lane += 16) {
        const value = combine(v128.load(op.x + offset + lane), v128.load(operand + lane), op.operation);
        v128.store(op.y + offset + lane, activate(value, op.activation));
      }
      offset += op.pitch;
      operand += op.operandColumn;
    }
  }
}
