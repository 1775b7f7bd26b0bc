import { BackendError, type Pace, type Pair, type Preprocessing, type Tensor } from '@atrous/core';
import type { FitPlan } from '../fit/plan-fit.ts';
import { axisTaps, type Axis, type AxisTaps } from './axis-taps.ts';
import { blendRow } from './blend-row.ts';

/** How logits become pixels of the source image. */
export interface Placement {
  readonly plan: FitPlan;
  /** Height and width of the source image. */
  readonly source: Pair;
  readonly upsample: Preprocessing['upsample'];
  readonly enlarge: Preprocessing['enlarge'];
}

function axisOf({ plan, source }: Placement, logits: number, direction: 0 | 1): Axis {
  return { logits, input: plan.input[direction], image: plan.image[direction], source: source[direction] };
}

/** What each column of the source image is interpolated from. @param logits `[1, h, w, c]`. */
export const columnTaps = ({ shape }: Tensor, placement: Placement): AxisTaps =>
  axisTaps(axisOf(placement, shape[2] ?? 1, 1), placement.upsample, placement.enlarge);

function checkFinite({ data }: Tensor): void {
  for (const value of data)
    if (!Number.isFinite(value))
      throw new BackendError(`the network gave logits that are not finite (${value})`, {
        code: 'NOT_FINITE',
        hint: 'try another runtime, or check that the weights are those of this network',
      });
}

/**
 * Interpolates logits between their rows, a row of the source image at a time: full-size logits are never held.
 *
 * @param logits `[1, h, w, c]`.
 * @param visit takes row `y`, still at the logits' width: `[w, c]`, which the next one overwrites.
 */
export async function eachRow(
  logits: Tensor,
  placement: Placement,
  pace: Pace,
  visit: (blended: Float64Array, y: number) => void,
): Promise<void> {
  checkFinite(logits);
  const [, logitsHeight = 1, logitsWidth = 1, classes = 1] = logits.shape;
  const { upsample, enlarge, source } = placement;
  const rows = axisTaps(axisOf(placement, logitsHeight, 0), upsample, enlarge);
  const blended = new Float64Array(logitsWidth * classes);
  const [height] = source;
  for (let y = 0; y < height; y++) {
    blendRow(logits.data, rows, y, blended);
    visit(blended, y);
    const pause = pace(y, height);
    if (pause) await pause;
  }
}
