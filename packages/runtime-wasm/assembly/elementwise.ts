import { activate } from './activate';

const ADD: i32 = 0;
const MAXIMUM: i32 = 1;

/** One number of each of two maps. */
@unmanaged
class Elementwise {
  a: usize;
  b: usize;
  y: usize;
  /** Sum, maximum or product, in that order. */
  operation: i32;
  activation: i32;
}

/** Sum, maximum or product. */
export function combine(a: v128, b: v128, operation: i32): v128 {
  if (operation == ADD) return f32x4.add(a, b);
  return operation == MAXIMUM ? f32x4.pmax(a, b) : f32x4.mul(a, b);
}

/** Vectors of four numbers `from … to − 1`. */
export function elementwise(at: usize, from: i32, to: i32): void {
  const op = changetype<Elementwise>(at);
  const a = op.a;
  const b = op.b;
  const y = op.y;
  const operation = op.operation;
  const fn = op.activation;
  const end = (<usize>to) << 4;
  for (let offset = (<usize>from) << 4; offset < end; offset += 16)
    v128.store(y + offset, activate(combine(v128.load(a + offset), v128.load(b + offset), operation), fn));
}

/** A function of each number. */
@unmanaged
class Activation {
  x: usize;
  y: usize;
  activation: i32;
}

/** Vectors of four numbers `from … to − 1`. */
export function activation(at: usize, from: i32, to: i32): void {
  const op = changetype<Activation>(at);
  const x = op.x;
  const y = op.y;
  const fn = op.activation;
  const end = (<usize>to) << 4;
  for (let offset = (<usize>from) << 4; offset < end; offset += 16)
    v128.store(y + offset, activate(v128.load(x + offset), fn));
}
