import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../kernel.ts';
import type { TrainingKernels } from '../training/training-kernels.ts';
import type { Opened } from './assembly.ts';
import { boundsOf } from './bounds.ts';

export const channelSums =
  ({ heap, assembly }: Opened): TrainingKernels['channelSums'] =>
  (dy) => {
    const channels = dy.shape[3];
    const sums = heap.allocate<Tensor1D>([channels]);
    heap.withScratch(8 * channels, (scratch) =>
      assembly.channelSums(heap.addressOf(dy), heap.addressOf(sums), dy.size / channels, channels, scratch),
    );
    return sums;
  };

/** Reads the input twice: for the statistics, and to normalise. */
export const normalizeBatch =
  ({ heap, assembly }: Opened): TrainingKernels['normalizeBatch'] =>
  (x, gamma, beta, epsilon, activation) => {
    const channels = x.shape[3];
    const y = heap.allocate<Tensor4D>(x.shape);
    const mean = heap.allocate<Tensor1D>([channels]);
    const variance = heap.allocate<Tensor1D>([channels]);
    heap.withScratch(24 * channels, (scratch) =>
      assembly.normalizeBatch(
        heap.addressOf(x),
        heap.addressOf(gamma),
        heap.addressOf(beta),
        heap.addressOf(y),
        heap.addressOf(mean),
        heap.addressOf(variance),
        x.size / channels,
        channels,
        epsilon,
        ...boundsOf(activation),
        scratch,
      ),
    );
    return { y, mean, variance };
  };

/** Reads input and gradient twice: for the sums, and for the gradient of the input. */
export const batchNormGradient =
  ({ heap, assembly }: Opened): TrainingKernels['batchNormGradient'] =>
  ({ x, dy, gamma, beta, mean, variance, epsilon, ofBatch, activation }) => {
    const channels = x.shape[3];
    const pixels = x.size / channels;
    const dx = heap.allocate<Tensor4D>(x.shape);
    const dgamma = heap.allocate<Tensor1D>([channels]);
    const dbeta = heap.allocate<Tensor1D>([channels]);
    heap.withScratch(28 * channels, (scratch) =>
      assembly.batchNormGradient(
        heap.addressOf(x),
        heap.addressOf(dy),
        heap.addressOf(gamma),
        heap.addressOf(beta),
        heap.addressOf(mean),
        heap.addressOf(variance),
        heap.addressOf(dx),
        heap.addressOf(dgamma),
        heap.addressOf(dbeta),
        pixels,
        channels,
        epsilon,
        ofBatch ? 1 / pixels : 0,
        ...boundsOf(activation),
        scratch,
      ),
    );
    return { dx, dgamma, dbeta };
  };
