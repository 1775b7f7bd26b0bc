/** Adding it rounds a small number to an integer, which then stands in the lowest bits. */
const MAGIC: f64 = 6755399441055744;

/** ln 2 in two parts, of which multiples of the first are exact. */
const LN2: f64 = 0.69314718036912381649;
const LN2_REST: f64 = 1.90821492927058770002e-10;

/** eˣ of two numbers that are not positive, to a relative 1e-8. What is smaller than e⁻⁷⁰⁰ counts as that. */
export function exp(x: v128): v128 {
  const bounded = f64x2.pmax(x, f64x2.splat(-700));
  const shifted = f64x2.add(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)), f64x2.splat(MAGIC));
  const n = f64x2.sub(shifted, f64x2.splat(MAGIC));
  const near = f64x2.sub(bounded, f64x2.mul(n, f64x2.splat(LN2)));
  const r = f64x2.sub(near, f64x2.mul(n, f64x2.splat(LN2_REST)));
  // Taylor's series; |r| is at most half of ln 2
  let p = f64x2.splat(1.0 / 5040);
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 720));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 120));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 24));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1.0 / 6));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  p = f64x2.add(f64x2.mul(p, r), f64x2.splat(1));
  return i64x2.add(p, i64x2.shl(shifted, 52));
}
