/**
 * Sine and cosine of an angle in degrees out of sums and products, which IEEE 754 defines to the last bit. `Math.sin` may differ between
 * engines, and so would pictures. Good to 1e-7.
 */
export function turn(degrees: number): { readonly sin: number; readonly cos: number } {
  const quarters = Math.round(degrees / 90);
  const x = ((degrees - quarters * 90) * Math.PI) / 180;
  const s = x * x;
  const sin = x * (1 - (s / 6) * (1 - (s / 20) * (1 - (s / 42) * (1 - s / 72))));
  const cos = 1 - (s / 2) * (1 - (s / 12) * (1 - (s / 30) * (1 - (s / 56) * (1 - s / 90))));
  switch (((quarters % 4) + 4) % 4) {
    case 0:
      return { sin, cos };
    case 1:
      return { sin: cos, cos: -sin };
    case 2:
      return { sin: -sin, cos: -cos };
    default:
      return { sin: -cos, cos: sin };
  }
}
