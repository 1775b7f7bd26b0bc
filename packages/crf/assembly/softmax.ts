import { exp2 } from './exponential';

/** Softmax to the base 2 of one pixel's lanes, in place. @param step bytes, whole vectors. */
export function softmax(row: usize, step: usize): void {
  const end = row + step;
  let top = v128.load(row);
  for (let at = row + 16; at < end; at += 16) top = f32x4.pmax(top, v128.load(at));
  top = f32x4.pmax(top, v128.shuffle<f32>(top, top, 2, 3, 0, 1));
  top = f32x4.pmax(top, v128.shuffle<f32>(top, top, 1, 0, 3, 2));
  let sum = f32x4.splat(0);
  for (let at = row; at < end; at += 16) {
    const power = exp2(f32x4.sub(v128.load(at), top));
    v128.store(at, power);
    sum = f32x4.add(sum, power);
  }
  sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1));
  sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 1, 0, 3, 2));
  const scale = f32x4.div(f32x4.splat(1), sum);
  for (let at = row; at < end; at += 16) v128.store(at, f32x4.mul(scale, v128.load(at)));
}
