import type { Runtime, Tensor } from '@atrous/core';
import {
  findBackend,
  setBackend,
  tensor,
  tidy,
  type NamedTensorMap,
  type Tensor as TensorFlowTensor,
} from '@tensorflow/tfjs';

/** A golden as a TensorFlow.js tensor. */
export const toTensorFlow = <T extends TensorFlowTensor>({ shape, data }: Tensor): T =>
  tensor(data, [...shape] as never, data instanceof Int32Array ? 'int32' : 'float32') as T;

/**
 * What `work` makes of tensors, in host memory, on the TensorFlow.js backend of a runtime. The reference runtime has none: its checks run on the
 * plain `cpu`.
 */
export async function onTensorFlow<K extends string>(
  { name }: Runtime,
  work: () => Readonly<Record<K, TensorFlowTensor>>,
): Promise<Readonly<Record<K, Tensor>>> {
  await setBackend(findBackend(name) ? name : 'cpu');
  const results = tidy(() => work() as NamedTensorMap);
  const read = Object.entries(results).map(async ([key, result]) => {
    const data = (await result.data()) as Float32Array;
    result.dispose();
    return [key, { shape: result.shape, data }] as const;
  });
  return Object.fromEntries<Tensor>(await Promise.all(read)) as Record<K, Tensor>;
}
