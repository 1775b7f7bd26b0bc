import type { CornerRule } from '@atrous/core';
import { resizeLogits } from '../resize-logits.ts';
import type { Loss } from './loss.ts';

/** The way that every loss has. */
export const resizedFirst =
  (loss: Loss): NonNullable<Loss['atLabelSize']> =>
  (logits, labels, corners) =>
    loss(resizeLogits(logits, labels.shape[1], labels.shape[2], corners), labels);

/**
 * A loss on logits brought to the size of the labels: what DeepLab does since v3. Networks before it were trained on labels subsampled to the
 * size of the logits.
 *
 * @param corners `alignCorners` in TensorFlow's DeepLab and most ports, `halfPixel` in torchvision.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution for Semantic Image Segmentation", §4.1, arXiv:1706.05587
 */
export const atLabelSize =
  (loss: Loss, corners: CornerRule = 'alignCorners'): Loss =>
  (logits, labels) =>
    (loss.atLabelSize ?? resizedFirst(loss))(logits, labels, corners);
