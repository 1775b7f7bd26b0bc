import { exp2 } from '../../platform/assembly/exp2';

/** eˣ of four numbers that are not positive. */
export function exp(x: v128): v128 {
  return exp2(f32x4.mul(x, f32x4.splat(1.4426950408889634)), -125);
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
