import type { CornerRule, OpAttrs } from './ops.ts';

/** Two neighbouring pixels along one axis, and how much of each a resized pixel takes. */
export interface ResizeTaps {
  readonly lower: number;
  /** `lower` itself at the border. */
  readonly upper: number;
  readonly lowerWeight: number;
  readonly upperWeight: number;
}

function coordinate(corners: CornerRule, out: number, inExtent: number, outExtent: number, step: number): number {
  switch (corners) {
    case 'alignCorners':
      return outExtent === 1 ? 0 : (out * (inExtent - 1)) / (outExtent - 1);
    case 'halfPixel':
      return Math.max((out + 0.5) * step - 0.5, 0);
    case 'deconvolution':
      return (out + 0.5) * step - 0.5;
    case 'asymmetric':
      return out * step;
  }
}

/**
 * What a resized pixel is made of along one axis: what {@link CornerRule} means in numbers. Weights sum up to 1, except
 * near the border by the rule `deconvolution`.
 *
 * @param out index of the pixel in the output.
 * @param step input pixels per output pixel for the rules that do not pin the corners; the ratio of the extents when absent.
 */
export function resizeTaps(
  corners: CornerRule,
  out: number,
  inExtent: number,
  outExtent: number,
  step = inExtent / outExtent,
): ResizeTaps {
  const at = coordinate(corners, out, inExtent, outExtent, step);
  const last = inExtent - 1;
  const below = Math.floor(at);
  const share = at - below;
  if (corners === 'deconvolution')
    return {
      lower: Math.max(below, 0),
      upper: Math.min(below + 1, last),
      lowerWeight: below < 0 ? 0 : 1 - share,
      upperWeight: below >= last ? 0 : share,
    };
  return below >= last
    ? { lower: last, upper: last, lowerWeight: 1, upperWeight: 0 }
    : { lower: below, upper: below + 1, lowerWeight: 1 - share, upperWeight: share };
}

/** How a map is resized: to what, and by which rule. */
export type ResizeAttrs = OpAttrs['resizeBilinear'];

/**
 * What the pixels of a resized map are made of along one axis: {@link resizeTaps} of each, in their order.
 *
 * @param axis 0 for rows, 1 for columns.
 * @param inExtent height or width of the map.
 * @param outExtent height or width of the result.
 */
export function resizeAxis(
  { target, corners }: ResizeAttrs,
  axis: 0 | 1,
  inExtent: number,
  outExtent: number,
): readonly ResizeTaps[] {
  const step = target.kind === 'scale' ? 1 / target.factor[axis] : inExtent / outExtent;
  return Array.from({ length: outExtent }, (_, out) => resizeTaps(corners, out, inExtent, outExtent, step));
}
