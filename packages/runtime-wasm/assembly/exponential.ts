/** 2ˣ of four numbers that are not positive, to a relative 1e-7; at least 2⁻¹²⁵, since denormal numbers are slow. */
export function exp2(x: v128): v128 {
  const bounded = f32x4.pmax(x, f32x4.splat(-125));
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

/** eˣ of four numbers that are not positive. */
export function exp(x: v128): v128 {
  return exp2(f32x4.mul(x, f32x4.splat(1.4426950408889634)));
}

/** Natural logarithm of a normal positive number, by the series of the inverse hyperbolic tangent. */
export function log(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  // the mantissa lies in [√½, √2), where the series is short
  const exponent = (bits - 0x3f3504f3) >> 23;
  const mantissa = <f64>reinterpret<f32>(bits - (exponent << 23));
  const s = (mantissa - 1) / (mantissa + 1);
  const t = s * s;
  const sum = 2 * s * (1 + t * (1.0 / 3 + t * (1.0 / 5 + t * (1.0 / 7 + t * (1.0 / 9)))));
  return <f32>(<f64>exponent * 0.6931471805599453 + sum);
}
