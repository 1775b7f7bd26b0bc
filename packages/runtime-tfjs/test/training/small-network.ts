import { createGraphBuilder, parametersOf, type Graph, type Tensor } from '@atrous/core';
import { generateTensor } from '@atrous/testing';
import { tensor, type Rank, type Tensor as DeviceTensor, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ForwardOptions, Shape4D, TrainableNetwork } from '../../src/index.ts';

/** Atrous blocks with a batch norm, a dropout and a skip, as many as asked for. */
export function smallNetwork(blocks = 1): Graph {
  const b = createGraphBuilder();
  let x = b.conv2d(b.input({ shape: [null, null, null, 3] }), { name: 'stem', filters: 4, kernel: 3, stride: 2 });
  for (let i = 0; i < blocks; i++) {
    const block = b.scope(`block${i}`);
    const wide = block.conv2d(x, { name: 'conv', filters: 4, kernel: 3, atrousRate: 2 });
    const normal = block.batchNorm(wide, { name: 'bn' });
    const active = block.activation(normal, 'relu6', { name: 'relu6' });
    x = block.add([block.dropout(active, { name: 'dropout', rate: 0.25 }), x], { name: 'add' });
  }
  return b.build({ y: b.conv2d(x, { name: 'logits', filters: 2, kernel: 1, useBias: true }) });
}

/** Weights for any graph: gammas and variances around 1, the others around 0. */
export const weightsOf = (graph: Graph): ReadonlyMap<string, Tensor> =>
  new Map(
    [...parametersOf(graph)].map(([name, { shape }]) => [
      name,
      generateTensor({ name, shape, offset: /gamma|variance/.test(name) ? 1 : 0, scale: 0.5 }),
    ]),
  );

/** Everything that {@link smallNetwork} can train. */
export const trainableOf = (graph: Graph): ReadonlySet<string> =>
  new Set([...parametersOf(graph).keys()].filter((name) => !name.includes('moving')));

/** A tensor on the current backend, the same for the same name. */
export function generated(name: string, shape: readonly number[]): Tensor4D {
  const { data } = generateTensor({ name, shape, offset: 0, scale: 1 });
  return tensor<Rank.R4>(data, [...shape] as Shape4D);
}

/** Numbers by name, and frees their tensors. */
export async function take(tensors: ReadonlyMap<string, DeviceTensor>): Promise<Record<string, readonly number[]>> {
  const taken: Record<string, readonly number[]> = {};
  for (const [name, value] of tensors) {
    taken[name] = [...((await value.data()) as Float32Array)];
    value.dispose();
  }
  return taken;
}

/** Gradients of `Σ y · dy` by name. Inside `use`. */
export async function gradients(network: TrainableNetwork, options: ForwardOptions = {}) {
  const image = generated('image', [2, 9, 11, 3]);
  const pass = network.forward({ image }, { trainable: trainableOf(network.graph), ...options });
  const dy = generated('dy', (pass.outputs['y'] as Tensor4D).shape);
  const found = pass.backward({ y: dy });
  pass.dispose();
  image.dispose();
  dy.dispose();
  return take(found);
}
