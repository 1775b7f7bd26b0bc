import type { ResizeTaps } from '@atrous/core';
import { engine, getBackend, getKernel, type Scalar, type Tensor3D } from '@tensorflow/tfjs-core';
import type { DeviceTensor, Tensor4D } from '../kernel.ts';

/** What a softmax cross-entropy at the size of the labels is computed from. */
export interface CrossEntropyCall {
  /** `[n, h, w, classes]`. */
  readonly logits: Tensor4D;
  /** Class ids `[n, height, width]`, int32. */
  readonly labels: Tensor3D;
  /** What each row of the labels reads of the logits. */
  readonly rows: readonly ResizeTaps[];
  readonly columns: readonly ResizeTaps[];
  /** One number per class. */
  readonly classWeights: readonly number[];
  /** Id of pixels that do not count; ids that are no class do not, either. */
  readonly ignoreLabel: number;
  /** Share of the truth that is spread over all classes, 0 … 1. */
  readonly labelSmoothing: number;
}

/** Sums over the pixels that count. */
export interface CrossEntropySums {
  readonly loss: Scalar;
  /** Of the weights of the pixels' classes. */
  readonly weights: Scalar;
  /** Number of pixels whose weight is not 0. */
  readonly counted: Scalar;
  /** Of `loss` by the logits, `[n, h, w, classes]`. */
  readonly gradient: Tensor4D;
}

/** Gradient descent with momentum: `v ← momentum · v + gradient + decay · p`, `p ← p − rate · v`. */
export interface SgdCall {
  readonly value: DeviceTensor;
  readonly gradient: DeviceTensor;
  readonly velocity: DeviceTensor;
  readonly rate: number;
  readonly momentum: number;
  readonly decay: number;
}

/** A parameter and its direction after a step. */
export interface SgdStep {
  readonly value: DeviceTensor;
  readonly velocity: DeviceTensor;
}

/** Computations of training beside the network that some backends have in one piece. */
export interface FusedKernels {
  readonly crossEntropy: (call: CrossEntropyCall) => CrossEntropySums;
  readonly sgd: (call: SgdCall) => SgdStep;
}

/** Names under which tfjs knows them; {@link fusedKernels} hides how they are called. */
export const CROSS_ENTROPY = 'AtrousCrossEntropy';
export const SGD = 'AtrousSgd';

function crossEntropy({ logits, labels, ...attrs }: CrossEntropyCall): CrossEntropySums {
  const [loss, weights, counted, gradient] = engine().runKernel<[Scalar, Scalar, Scalar, Tensor4D]>(
    CROSS_ENTROPY,
    { logits, labels },
    attrs as never,
  );
  return { loss, weights, counted, gradient };
}

function sgd({ value, gradient, velocity, ...attrs }: SgdCall): SgdStep {
  const inputs = { value, gradient, velocity };
  const [nextValue, nextVelocity] = engine().runKernel<[DeviceTensor, DeviceTensor]>(SGD, inputs, attrs);
  return { value: nextValue, velocity: nextVelocity };
}

/**
 * What the current backend of tfjs has. A backend that has any registers them when a network is made trainable on it: WASM with SIMD.
 */
export const fusedKernels = (): Partial<FusedKernels> => ({
  ...(getKernel(CROSS_ENTROPY, getBackend()) && { crossEntropy }),
  ...(getKernel(SGD, getBackend()) && { sgd }),
});
