/**
 * 2ˣ of four numbers that are not positive, to a relative 1e-7.
 *
 * @param least of them, −125 or more: what is smaller counts as that. Denormal numbers are slow, and WebAssembly cannot flush them to zero.
 */
export function exp2(x: v128, least: f32): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(least));
  // adding 1.5 · 2²³ rounds to an integer, which then stands in the low bits
  const magic = f32x4.splat(12582912);
  const shifted = f32x4.add(bounded, magic);
  const r = f32x4.sub(bounded, f32x4.sub(shifted, magic));
  // least greatest relative error for r in [−½, ½]
  let p = f32x4.splat(0.00132765);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.00967554));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.05550713));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.2402212));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(0.69314697));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.00000007));
  return i32x4.add(p, i32x4.shl(shifted, 23));
}
