import { resizedSize, resolvePads, type Pair } from '@atrous/core';
import { ACTIVATION_CODES } from '../activation-codes.ts';
import { imageBytesOf, lanesOf, paddedTo, pitchOf, rowBytesOf } from '../plan/value.ts';
import type { Lowering, LoweringCall } from './lowering.ts';
import { tapReader, tapTable } from './resize-bilinear.ts';

/** The kernel sums up three taps of the filter at a time. */
const GROUP = 3;

/** For each position along one axis of the result, where each tap of the filter reads. */
function filterTaps({ attrs, x, shape, inputs }: LoweringCall<'interpolateTaps'>, axis: 0 | 1): Int32Array {
  const [, like] = inputs;
  const size: Pair = [x.shape[1], x.shape[2]];
  const resized = resizedSize(attrs.target, size, like && [like.shape[1], like.shape[2]]);
  const pads = resolvePads({ ...attrs, strides: [1, 1] }, resized);
  const read = tapReader(attrs, axis, size[axis], resized[axis]);
  const [kernel, rate, before] = [attrs.kernel[axis], attrs.atrousRate[axis], axis === 0 ? pads.top : pads.left];
  const taps = Array.from({ length: shape[axis + 1]! }, (_, out) =>
    Array.from({ length: paddedTo(kernel, GROUP) }, (_tap, tap) => read(tap < kernel ? out - before + tap * rate : -1)),
  );
  return tapTable(taps.flat());
}

/** What the taps of a convolution made of a small map, enlarged and summed up where the taps read it: first along columns, then along rows. */
export const interpolateTaps: Lowering<'interpolateTaps'> = (call) => {
  const { plan, attrs, x, shape, packed, residual } = call;
  const y = plan.value(shape);
  const [kernelHeight, kernelWidth] = attrs.kernel;
  const scratchBytes = x.shape[2] * kernelWidth * pitchOf(y);
  const work = shape[1] * pitchOf(y) * (x.shape[2] * kernelWidth + shape[2]) * 2;
  plan.kernel(
    'interpolateTaps',
    { items: shape[0] * shape[1], work, rows: { y } },
    {
      ...{ x: x.buffer, y: y.buffer, biases: packed.biases!, residual: residual?.buffer ?? 0 },
      ...{ activation: ACTIVATION_CODES[attrs.activation], imageBytes: imageBytesOf(x), rowBytes: rowBytesOf(x) },
      ...{ pitch: pitchOf(x), width: x.shape[2], tapBytes: 4 * attrs.filters, kernelHeight, kernelWidth },
      ...{ outHeight: shape[1], outWidth: shape[2], outPitch: pitchOf(y) },
      ...{ tapRows: paddedTo(kernelHeight, GROUP), tapColumns: paddedTo(kernelWidth, GROUP) },
      ...{ rows: plan.constant(filterTaps(call, 0)), columns: plan.constant(filterTaps(call, 1)) },
      ...{ scratch: plan.buffer(plan.parts * scratchBytes), scratchBytes },
      zeros: plan.constant(new Int32Array(lanesOf(y))),
    },
  );
  return y;
};
