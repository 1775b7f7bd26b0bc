import { Vectors1, Vectors2, Vectors3, Vectors4, Vectors5, Vectors6 } from './vectors';

/** See {@link slice}. */
function sliceRows<T>(
  list: usize,
  corners: usize,
  values: usize,
  from: usize,
  pitch: usize,
  to: usize,
  step: usize,
  end: usize,
): void {
  for (; to < end; to += step) {
    let s0 = v128.load(from);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    let s4 = s0;
    let s5 = s0;
    if (offsetof<T>() > 16) s1 = v128.load(from, 16);
    if (offsetof<T>() > 32) s2 = v128.load(from, 32);
    if (offsetof<T>() > 48) s3 = v128.load(from, 48);
    if (offsetof<T>() > 64) s4 = v128.load(from, 64);
    if (offsetof<T>() > 80) s5 = v128.load(from, 80);
    for (const last = list + corners; list < last; list += 8) {
      const row = values + <usize>load<u32>(list);
      const weight = v128.load32_splat(list, 4);
      s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(row)));
      if (offsetof<T>() > 16) s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(row, 16)));
      if (offsetof<T>() > 32) s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(row, 32)));
      if (offsetof<T>() > 48) s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(row, 48)));
      if (offsetof<T>() > 64) s4 = f32x4.add(s4, f32x4.mul(weight, v128.load(row, 64)));
      if (offsetof<T>() > 80) s5 = f32x4.add(s5, f32x4.mul(weight, v128.load(row, 80)));
    }
    v128.store(to, s0);
    if (offsetof<T>() > 16) v128.store(to, s1, 16);
    if (offsetof<T>() > 32) v128.store(to, s2, 32);
    if (offsetof<T>() > 48) v128.store(to, s3, 48);
    if (offsetof<T>() > 64) v128.store(to, s4, 64);
    if (offsetof<T>() > 80) v128.store(to, s5, 80);
    from += pitch;
  }
}

/**
 * Adds to some pixels' lanes what a block of a lattice holds at their corners.
 *
 * @param vectors of 4 lanes in a row of the block.
 * @param list row and weight of each corner, pixel after pixel.
 * @param corners bytes of one pixel's corners.
 * @param from lanes of pixels `pitch` bytes apart; 0 for those of one pixel again and again.
 * @param to where the sums go, of pixels `step` bytes apart, up to `end`.
 */
export function slice(
  vectors: i32,
  list: usize,
  corners: usize,
  values: usize,
  from: usize,
  pitch: usize,
  to: usize,
  step: usize,
  end: usize,
): void {
  switch (vectors) {
    case 1:
      return sliceRows<Vectors1>(list, corners, values, from, pitch, to, step, end);
    case 2:
      return sliceRows<Vectors2>(list, corners, values, from, pitch, to, step, end);
    case 3:
      return sliceRows<Vectors3>(list, corners, values, from, pitch, to, step, end);
    case 4:
      return sliceRows<Vectors4>(list, corners, values, from, pitch, to, step, end);
    case 5:
      return sliceRows<Vectors5>(list, corners, values, from, pitch, to, step, end);
    default:
      return sliceRows<Vectors6>(list, corners, values, from, pitch, to, step, end);
  }
}
