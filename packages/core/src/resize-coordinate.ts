import type { CornerRule } from './ops.ts';

/**
 * Where a resized pixel is read along one axis, in input pixels: what {@link CornerRule} means in numbers.
 *
 * @param out index of the pixel in the output.
 * @param step input pixels per output pixel for the rules that do not pin the corners; the ratio of the extents when absent.
 */
export function resizeCoordinate(
  corners: CornerRule,
  out: number,
  inExtent: number,
  outExtent: number,
  step = inExtent / outExtent,
): number {
  switch (corners) {
    case 'alignCorners':
      return outExtent === 1 ? 0 : (out * (inExtent - 1)) / (outExtent - 1);
    case 'halfPixel':
      return Math.max((out + 0.5) * step - 0.5, 0);
    case 'asymmetric':
      return out * step;
  }
}
