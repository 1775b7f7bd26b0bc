import { Vectors1, Vectors2, Vectors3, Vectors4, Vectors5, Vectors6 } from './vectors';

/** See {@link splat}. */
function splatRows<T>(list: usize, corners: usize, values: usize, pixels: usize, step: usize, end: usize): void {
  for (; pixels < end; pixels += step) {
    const q0 = v128.load(pixels);
    let q1 = q0;
    let q2 = q0;
    let q3 = q0;
    let q4 = q0;
    let q5 = q0;
    if (offsetof<T>() > 16) q1 = v128.load(pixels, 16);
    if (offsetof<T>() > 32) q2 = v128.load(pixels, 32);
    if (offsetof<T>() > 48) q3 = v128.load(pixels, 48);
    if (offsetof<T>() > 64) q4 = v128.load(pixels, 64);
    if (offsetof<T>() > 80) q5 = v128.load(pixels, 80);
    for (const last = list + corners; list < last; list += 8) {
      const row = values + <usize>load<u32>(list);
      const weight = v128.load32_splat(list, 4);
      // all is read before anything is written: the compiler cannot know that rows do not overlap
      const r0 = f32x4.add(v128.load(row), f32x4.mul(weight, q0));
      let r1 = r0;
      let r2 = r0;
      let r3 = r0;
      let r4 = r0;
      let r5 = r0;
      if (offsetof<T>() > 16) r1 = f32x4.add(v128.load(row, 16), f32x4.mul(weight, q1));
      if (offsetof<T>() > 32) r2 = f32x4.add(v128.load(row, 32), f32x4.mul(weight, q2));
      if (offsetof<T>() > 48) r3 = f32x4.add(v128.load(row, 48), f32x4.mul(weight, q3));
      if (offsetof<T>() > 64) r4 = f32x4.add(v128.load(row, 64), f32x4.mul(weight, q4));
      if (offsetof<T>() > 80) r5 = f32x4.add(v128.load(row, 80), f32x4.mul(weight, q5));
      v128.store(row, r0);
      if (offsetof<T>() > 16) v128.store(row, r1, 16);
      if (offsetof<T>() > 32) v128.store(row, r2, 32);
      if (offsetof<T>() > 48) v128.store(row, r3, 48);
      if (offsetof<T>() > 64) v128.store(row, r4, 64);
      if (offsetof<T>() > 80) v128.store(row, r5, 80);
    }
  }
}

/** Adds some pixels' lanes to the corners of each in a block of a lattice. Parameters are those of `slice`. */
export function splat(
  vectors: i32,
  list: usize,
  corners: usize,
  values: usize,
  pixels: usize,
  step: usize,
  end: usize,
): void {
  switch (vectors) {
    case 1:
      return splatRows<Vectors1>(list, corners, values, pixels, step, end);
    case 2:
      return splatRows<Vectors2>(list, corners, values, pixels, step, end);
    case 3:
      return splatRows<Vectors3>(list, corners, values, pixels, step, end);
    case 4:
      return splatRows<Vectors4>(list, corners, values, pixels, step, end);
    case 5:
      return splatRows<Vectors5>(list, corners, values, pixels, step, end);
    default:
      return splatRows<Vectors6>(list, corners, values, pixels, step, end);
  }
}
