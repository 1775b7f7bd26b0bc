import { exp2 } from './exponential';
import { Vectors1, Vectors2, Vectors3, Vectors4, Vectors5, Vectors6 } from './vectors';

/** The greatest of four numbers, in all places. */
function spreadMost(x: v128): v128 {
  const pairs = f32x4.pmax(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.pmax(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/** One over the sum of four numbers, in all places. */
function spreadInverse(x: v128): v128 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.div(f32x4.splat(1), f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2)));
}

/** Pixels of one block, which stays in registers. */
function softmaxRows<T>(row: usize, end: usize): void {
  for (; row < end; row += offsetof<T>()) {
    let x0 = v128.load(row);
    let x1 = x0;
    let x2 = x0;
    let x3 = x0;
    let x4 = x0;
    let x5 = x0;
    if (offsetof<T>() > 16) x1 = v128.load(row, 16);
    if (offsetof<T>() > 32) x2 = v128.load(row, 32);
    if (offsetof<T>() > 48) x3 = v128.load(row, 48);
    if (offsetof<T>() > 64) x4 = v128.load(row, 64);
    if (offsetof<T>() > 80) x5 = v128.load(row, 80);
    let top = x0;
    if (offsetof<T>() > 16) top = f32x4.pmax(top, x1);
    if (offsetof<T>() > 32) top = f32x4.pmax(top, x2);
    if (offsetof<T>() > 48) top = f32x4.pmax(top, x3);
    if (offsetof<T>() > 64) top = f32x4.pmax(top, x4);
    if (offsetof<T>() > 80) top = f32x4.pmax(top, x5);
    top = spreadMost(top);
    x0 = exp2(f32x4.sub(x0, top));
    let sum = x0;
    if (offsetof<T>() > 16) sum = f32x4.add(sum, (x1 = exp2(f32x4.sub(x1, top))));
    if (offsetof<T>() > 32) sum = f32x4.add(sum, (x2 = exp2(f32x4.sub(x2, top))));
    if (offsetof<T>() > 48) sum = f32x4.add(sum, (x3 = exp2(f32x4.sub(x3, top))));
    if (offsetof<T>() > 64) sum = f32x4.add(sum, (x4 = exp2(f32x4.sub(x4, top))));
    if (offsetof<T>() > 80) sum = f32x4.add(sum, (x5 = exp2(f32x4.sub(x5, top))));
    const scale = spreadInverse(sum);
    v128.store(row, f32x4.mul(scale, x0));
    if (offsetof<T>() > 16) v128.store(row, f32x4.mul(scale, x1), 16);
    if (offsetof<T>() > 32) v128.store(row, f32x4.mul(scale, x2), 32);
    if (offsetof<T>() > 48) v128.store(row, f32x4.mul(scale, x3), 48);
    if (offsetof<T>() > 64) v128.store(row, f32x4.mul(scale, x4), 64);
    if (offsetof<T>() > 80) v128.store(row, f32x4.mul(scale, x5), 80);
  }
}

/** One pixel of any number of vectors. */
function softmaxWide(row: usize, step: usize): void {
  const end = row + step;
  let top = v128.load(row);
  for (let at = row + 16; at < end; at += 16) top = f32x4.pmax(top, v128.load(at));
  top = spreadMost(top);
  let sum = f32x4.splat(0);
  for (let at = row; at < end; at += 16) {
    const power = exp2(f32x4.sub(v128.load(at), top));
    v128.store(at, power);
    sum = f32x4.add(sum, power);
  }
  const scale = spreadInverse(sum);
  for (let at = row; at < end; at += 16) v128.store(at, f32x4.mul(scale, v128.load(at)));
}

/** Softmax to the base 2 of pixels' lanes, in place. @param step bytes of one pixel, whole vectors. */
export function softmax(row: usize, end: usize, step: usize): void {
  switch (step) {
    case 16:
      return softmaxRows<Vectors1>(row, end);
    case 32:
      return softmaxRows<Vectors2>(row, end);
    case 48:
      return softmaxRows<Vectors3>(row, end);
    case 64:
      return softmaxRows<Vectors4>(row, end);
    case 80:
      return softmaxRows<Vectors5>(row, end);
    case 96:
      return softmaxRows<Vectors6>(row, end);
    default:
      for (; row < end; row += step) softmaxWide(row, step);
  }
}
