import { groupsOf } from '../plan/groups.ts';
import { blocksOf, pixelsOf } from '../plan/value.ts';
import { windowFields } from '../plan/window.ts';
import { AVG_POOL, BIN_MEANS, MAX_POOL, MEAN_THREADS } from '../shaders/pooling.ts';
import type { Lowering, LoweringCall } from './lowering.ts';

/** Largest element of every window. Padding never wins. */
export const maxPool: Lowering<'maxPool'> = ({ plan, attrs, x, result }) => {
  const y = result();
  plan.dispatch(MAX_POOL, groupsOf(y), { y, x }, windowFields(attrs, x));
  return y;
};

/** Mean of every window. */
export const avgPool: Lowering<'avgPool'> = ({ plan, attrs, x, result }) => {
  const y = result();
  const fields = { ...windowFields(attrs, x), countsPadding: Number(attrs.countPadding) };
  plan.dispatch(AVG_POOL, groupsOf(y), { y, x }, fields);
  return y;
};

function lowerBins({ plan, x, result }: LoweringCall<'adaptiveAvgPool' | 'globalAvgPool'>) {
  const y = result();
  const groups = [Math.ceil(blocksOf(y.shape[3]) / MEAN_THREADS.blocks), pixelsOf(y), 1] as const;
  plan.dispatch(BIN_MEANS, groups, { y, x }, {});
  return y;
}

/** Mean over each of a number of even parts. */
export const adaptiveAvgPool: Lowering<'adaptiveAvgPool'> = lowerBins;

/** Mean over height and width. */
export const globalAvgPool: Lowering<'globalAvgPool'> = lowerBins;
