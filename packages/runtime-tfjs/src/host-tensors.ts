import type { Tensor } from '@atrous/core';
import { tensor } from '@tensorflow/tfjs-core';
import type { DeviceTensor } from './kernel.ts';

/** Puts numbers on the current backend. Class ids stay whole numbers. */
export const upload = ({ shape, data }: Tensor): DeviceTensor =>
  tensor(data, [...shape], data instanceof Int32Array ? 'int32' : 'float32');

/** Reads a tensor back. The array is the caller's own: the CPU backend would hand out the one it computes on. */
export async function download(deviceTensor: DeviceTensor): Promise<Tensor> {
  const data = (await deviceTensor.data()) as Float32Array | Int32Array;
  return {
    shape: [...deviceTensor.shape],
    data: deviceTensor.dtype === 'int32' ? Int32Array.from(data) : new Float32Array(data),
  };
}
