import type { Tensor as HostTensor, Weights } from '@atrous/core';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';

/** Copies tensors to the device. Backends may keep the array they are given. */
export const uploadAll = (values: Weights): Map<string, Tensor> =>
  new Map([...values].map(([name, { data, shape }]) => [name, tensor(data.slice(), [...shape], 'float32')]));

/** Copies tensors to host memory. */
export async function downloadAll(values: ReadonlyMap<string, Tensor>): Promise<Weights> {
  const entries = [...values].map(async ([name, value]): Promise<[string, HostTensor]> => [
    name,
    { shape: value.shape, data: ((await value.data()) as Float32Array).slice() },
  ]);
  return new Map(await Promise.all(entries));
}

/** Frees all tensors of a map and empties it. */
export function disposeAll(values: Map<string, Tensor>): void {
  values.forEach((value) => value.dispose());
  values.clear();
}
