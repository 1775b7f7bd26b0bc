import { argMax as argMaxTensor, expandDims, logSoftmax, softmax as softmaxTensor } from '@tensorflow/tfjs-core';
import { inputOf, type Kernel } from '../kernel.ts';

/** Over channels, or its logarithm. */
export const softmax: Kernel<'softmax'> = (call) =>
  call.attrs.log ? logSoftmax(inputOf(call), 3) : softmaxTensor(inputOf(call), 3);

/** Index of the largest channel; the lowest index wins ties. */
export const argMax: Kernel<'argMax'> = (call) => expandDims(argMaxTensor(inputOf(call), 3), 3);
