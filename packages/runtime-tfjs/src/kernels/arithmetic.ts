import {
  add as addTensors,
  batchNorm as batchNormTensor,
  clone,
  maximum as maximumOf,
  mul,
} from '@tensorflow/tfjs-core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { inputOf, type Kernel, type Tensor4D } from '../kernel.ts';
import { applyActivation } from './activation.ts';

/** Sum of all inputs, then the fused activation. */
export const add: Kernel<'add'> = (call) =>
  applyActivation(
    call.inputs.reduce((sum, input) => addTensors<Tensor4D>(sum, input)),
    call.attrs.activation,
  );

/** The largest of all inputs, element by element. */
export const maximum: Kernel<'maximum'> = (call) =>
  clone(call.inputs.reduce((largest, input) => maximumOf<Tensor4D>(largest, input)));

/** Product; rows or columns of the second factor are repeated where it has only one. */
export const multiply: Kernel<'multiply'> = (call) => mul(inputOf(call), inputOf(call, 1));

/** @see Ioffe & Szegedy 2015, "Batch Normalization", Algorithm 2, arXiv:1502.03167 */
export const batchNorm: Kernel<'batchNorm'> = (call) => {
  const { movingMean, movingVariance, beta, gamma } = call.params as Record<string, Tensor1D>;
  return batchNormTensor(inputOf(call), movingMean!, movingVariance!, beta, gamma, call.attrs.epsilon);
};

/** Drops nothing at inference. */
export const dropout: Kernel<'dropout'> = (call) => clone(inputOf(call));
