import { exp2 as power } from '../../platform/assembly/exp2';

/** 2ˣ of four numbers that are not positive; at least 2⁻⁷⁰: products of smaller numbers would be denormal, which costs a third of the time. */
export function exp2(x: v128): v128 {
  return power(x, -70);
}

/** Binary logarithm of a normal positive number, by the series of the inverse hyperbolic tangent. */
export function log2(x: f32): f32 {
  const bits = reinterpret<i32>(x);
  // the mantissa lies in [√½, √2), where the series is short
  const exponent = (bits - 0x3f3504f3) >> 23;
  const mantissa = reinterpret<f32>(bits - (exponent << 23));
  const s = (mantissa - 1) / (mantissa + 1);
  const t = s * s;
  const sum = s * (2.885390082 + t * (0.961796694 + t * (0.577078016 + t * 0.412198583)));
  return <f32>exponent + sum;
}
