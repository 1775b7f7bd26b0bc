import type { Pair, Preprocessing, Tensor } from '@atrous/core';
import type { FitPlan } from '../fit/plan-fit.ts';
import { axisTaps, type AxisTaps } from './axis-taps.ts';

/** How logits become pixels of the source image. */
export interface Placement {
  readonly plan: FitPlan;
  /** Height and width of the source image. */
  readonly source: Pair;
  readonly upsample: Preprocessing['upsample'];
  readonly enlarge: Preprocessing['enlarge'];
}

/** What each row (0) or column (1) of the source image is interpolated from. @param logits `[1, h, w, c]`. */
export function tapsAlong(axis: 0 | 1, { shape }: Tensor, { plan, source, upsample, enlarge }: Placement): AxisTaps {
  const extents = {
    ...{ logits: shape[axis + 1] ?? 1, input: plan.input[axis] },
    ...{ image: plan.image[axis], source: source[axis] },
  };
  return axisTaps(extents, upsample, enlarge);
}
