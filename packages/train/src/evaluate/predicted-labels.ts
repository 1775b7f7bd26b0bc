import type { CornerRule } from '@atrous/core';
import { argMax, tidy, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core';
import { resizeLogits } from '../resize-logits.ts';

/**
 * The class with the largest logit at each pixel, logits enlarged to a size first.
 *
 * @param logits `[n, h, w, classes]`.
 * @returns int32 `[n, height, width]`.
 */
export const predictedLabels = (logits: Tensor4D, height: number, width: number, corners: CornerRule): Tensor3D =>
  tidy(() => {
    const isLarge = logits.shape[1] === height && logits.shape[2] === width;
    return argMax<Tensor3D>(isLarge ? logits : resizeLogits(logits, height, width, corners), 3);
  });
