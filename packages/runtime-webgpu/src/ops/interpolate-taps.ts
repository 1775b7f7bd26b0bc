import { resizedSize, resolvePads, type Pair } from '@atrous/core';
import { groupsOf } from '../plan/groups.ts';
import { tapReader } from '../plan/resize-table.ts';
import { BLOCK, blocksOf } from '../plan/value.ts';
import { interpolateColumns, interpolateRows } from '../shaders/interpolate.ts';
import type { Lowering, LoweringCall } from './lowering.ts';

/** For each position along one axis of the result, where each tap of the filter reads. */
function filterTaps(
  { attrs, x, shape, inputs }: LoweringCall<'interpolateTaps'>,
  axis: 0 | 1,
): Float32Array<ArrayBuffer> {
  const [, like] = inputs;
  const size: Pair = [x.shape[1], x.shape[2]];
  const resized = resizedSize(attrs.target, size, like && [like.shape[1], like.shape[2]]);
  const pads = resolvePads({ ...attrs, strides: [1, 1] }, resized);
  const read = tapReader(attrs, axis, size[axis], resized[axis]);
  const [rate, before] = [attrs.atrousRate[axis], axis === 0 ? pads.top : pads.left];
  const taps = Array.from({ length: shape[axis + 1]! }, (_, out) =>
    Array.from({ length: attrs.kernel[axis] }, (_tap, tap) => read(out - before + tap * rate)),
  );
  return Float32Array.from(taps.flat(2));
}

/** What the taps of a convolution made of a small map, enlarged and summed up where the taps read it: first along rows, then along columns. */
export const interpolateTaps: Lowering<'interpolateTaps'> = (call) => {
  const { plan, attrs, x, shape, packed, residual, result } = call;
  const { filters, kernel } = attrs;
  const [down, across] = kernel;
  const rows = plan.map([shape[0], shape[1], x.shape[2], across * BLOCK * blocksOf(filters)]);
  const isWhole = filters % BLOCK === 0;
  const downTaps = plan.constant(filterTaps(call, 0));
  plan.dispatch(
    interpolateRows(isWhole),
    groupsOf(rows),
    { y: rows, x, taps: downTaps },
    { count: down, across, filters },
  );
  const y = result();
  const taps = plan.constant(filterTaps(call, 1));
  const bound = { y, x: rows, taps, biases: packed.biases!, ...(residual && { residual }) };
  plan.dispatch(interpolateColumns(attrs.activation, residual !== undefined), groupsOf(y), bound, { count: across });
  return y;
};
