import { add, cast, equal, mul, sub } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import { LOWEST, padImage } from '../../kernels/layout.ts';
import type { TrainingKernels } from '../training-kernels.ts';
import { insertZeros, padOrCrop } from './spread.ts';
import { readTap, tapsOf } from './taps.ts';

/**
 * Tap by tap: where a window's element is its largest and none before it was, it gets the gradient, and what is left for the others is zero.
 *
 * tfjs has kernels for it; the one for WASM gives wrong numbers where windows do not overlap.
 */
export const maxPoolGradient: TrainingKernels['maxPoolGradient'] = (x, y, dy, { kernel, strides, pads }) => {
  const padded = padImage(x, pads, LOWEST);
  const [, height, width] = padded.shape;
  const size = [y.shape[1], y.shape[2]] as const;
  let left = dy;
  const shares = tapsOf(kernel).map(([row, column]) => {
    const read = readTap(padded, [row, column], size, { strides, atrousRate: [1, 1] });
    const share = mul<Tensor4D>(left, cast(equal(read, y), 'float32'));
    left = sub(left, share);
    const spread = insertZeros(share, strides);
    return padOrCrop(spread, {
      top: row - pads.top,
      bottom: height - pads.bottom - row - spread.shape[1],
      left: column - pads.left,
      right: width - pads.right - column - spread.shape[2],
    });
  });
  return shares.reduce((sum, share) => add<Tensor4D>(sum, share));
};
