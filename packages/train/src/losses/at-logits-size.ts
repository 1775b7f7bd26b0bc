import { gather, tensor1d, tidy, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { Loss } from './loss.ts';

/** Which label a unit is compared with: the one at its centre (Pillow, kazuto1011), or every so many from the first one (Caffe's v1). */
export type LabelSampling = 'halfPixel' | 'alignCorners';

/** Rows, or columns, of the labels that logits are compared with. In whole numbers, so that no rounding of a quotient moves a pixel. */
const sampled = (sampling: LabelSampling, from: number, to: number): Tensor1D =>
  tensor1d(
    Int32Array.from({ length: to }, (_, i) =>
      sampling === 'halfPixel'
        ? Math.floor(((2 * i + 1) * from) / (2 * to))
        : Math.floor((2 * i * (from - 1) + to - 1) / Math.max(2 * (to - 1), 1)),
    ),
    'int32',
  );

/**
 * A loss on labels brought to the size of the logits: how networks before v3 are trained, and each scale of a multi-scale network.
 *
 * @see Chen et al. 2014, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", §3.1, arXiv:1412.7062
 */
export const atLogitsSize =
  (loss: Loss, sampling: LabelSampling = 'halfPixel'): Loss =>
  (logits, labels) => {
    const [, height, width] = logits.shape;
    const smaller = tidy(() => {
      const rows = gather(labels, sampled(sampling, labels.shape[1], height), 1);
      return gather<Tensor3D>(rows, sampled(sampling, labels.shape[2], width), 2);
    });
    return loss(logits, smaller);
  };
