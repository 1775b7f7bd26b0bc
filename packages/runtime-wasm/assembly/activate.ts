import { exp } from './exponential';

// elementwise functions, in the order of `activation-codes.ts`
const LINEAR: i32 = 0;
const RELU: i32 = 1;
const RELU6: i32 = 2;
const LEAKY_RELU: i32 = 3;
const HARD_SWISH: i32 = 4;
const HARD_SIGMOID: i32 = 5;
const SIGMOID: i32 = 6;

/** The last function that only keeps numbers between two bounds. */
export const LAST_CLAMP: i32 = RELU6;

/** The least that a function gives, where it only keeps numbers between two bounds; none for others. */
export function lowest(fn: i32): v128 {
  return f32x4.splat(fn == RELU || fn == RELU6 ? 0 : -Infinity);
}

/** The most. */
export function highest(fn: i32): v128 {
  return f32x4.splat(fn == RELU6 ? 6 : Infinity);
}

/** Four numbers, kept between two bounds: without a decision, which small tiles would spend most of their time on. */
export function clamp(x: v128, low: v128, high: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, low), high);
}

function relu6(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, f32x4.splat(0)), f32x4.splat(6));
}

function hardSigmoid(x: v128): v128 {
  return f32x4.div(relu6(f32x4.add(x, f32x4.splat(3))), f32x4.splat(6));
}

function sigmoid(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = exp(f32x4.neg(f32x4.abs(x)));
  const ofMagnitude = f32x4.div(one, f32x4.add(one, e));
  return v128.bitselect(f32x4.mul(e, ofMagnitude), ofMagnitude, f32x4.lt(x, f32x4.splat(0)));
}

/** The function of four numbers. */
export function activate(x: v128, fn: i32): v128 {
  if (fn == LINEAR) return x;
  if (fn == RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (fn == RELU6) return relu6(x);
  if (fn == LEAKY_RELU) return f32x4.pmax(x, f32x4.div(x, f32x4.splat(10)));
  if (fn == HARD_SWISH) return f32x4.div(f32x4.mul(x, relu6(f32x4.add(x, f32x4.splat(3)))), f32x4.splat(6));
  if (fn == HARD_SIGMOID) return hardSigmoid(x);
  if (fn == SIGMOID) return sigmoid(x);
  return f32x4.mul(x, sigmoid(x));
}
