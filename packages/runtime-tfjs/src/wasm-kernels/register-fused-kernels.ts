import { getKernel, registerKernel, unregisterKernel, type KernelFunc } from '@tensorflow/tfjs-core';
import type { DeviceTensor } from '../kernel.ts';
import { CROSS_ENTROPY, SGD, type CrossEntropyCall, type SgdCall, type SgdStep } from '../training/fused-kernels.ts';
import type { Opened } from './assembly.ts';
import { crossEntropy } from './cross-entropy.ts';

const sgd =
  ({ heap, assembly }: Opened) =>
  ({ value, gradient, velocity, rate, momentum, decay }: SgdCall): SgdStep => {
    const next = { value: heap.allocate(value.shape), velocity: heap.allocate(value.shape) };
    const tensors = [value, gradient, velocity, next.value, next.velocity];
    const addresses = tensors.map(heap.addressOf) as [number, number, number, number, number];
    assembly.sgd(...addresses, value.size, rate, momentum, decay);
    return next;
  };

/** Kernels of an earlier start of the backend work on memory that is gone. */
function replaceKernel(kernelName: string, kernelFunc: KernelFunc): void {
  if (getKernel(kernelName, 'wasm')) unregisterKernel(kernelName, 'wasm');
  registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
}

/** Makes them known to tfjs, from where `fusedKernels` takes them. */
export function registerFusedKernels(opened: Opened): void {
  replaceKernel(CROSS_ENTROPY, ({ inputs, attrs }): DeviceTensor[] => {
    const sums = crossEntropy(opened)({ ...inputs, ...attrs } as unknown as CrossEntropyCall);
    return [sums.loss, sums.weights, sums.counted, sums.gradient];
  });
  replaceKernel(SGD, ({ inputs, attrs }): DeviceTensor[] => {
    const { value, velocity } = sgd(opened)({ ...inputs, ...attrs } as unknown as SgdCall);
    return [value, velocity];
  });
}
