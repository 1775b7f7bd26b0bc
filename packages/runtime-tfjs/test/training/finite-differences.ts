import type { Graph, Runtime, Tensor, Weights } from '@atrous/core';
import { generateTensor } from '@atrous/testing';
import { tensor, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import type { ForwardOptions, Shape4D, TfjsRuntime } from '../../src/index.ts';

/** What a scalar is made of: `Σ y · dy` of one network. */
export interface Scalar {
  readonly graph: Graph;
  readonly image: Tensor;
  readonly weights: Weights;
}

/** `Σ a · b`. */
export function dot({ data: a }: Tensor, { data: b }: Tensor): number {
  let sum = 0;
  for (const [i, value] of a.entries()) sum += value * (b[i] as number);
  return sum;
}

const like = (name: string, { shape }: Pick<Tensor, 'shape'>): Tensor =>
  generateTensor({ name, shape, offset: 0, scale: 1 });

const moved = ({ shape, data }: Tensor, direction: Tensor, by: number): Tensor => ({
  shape,
  data: Float32Array.from(data, (value, i) => value + by * (direction.data[i] as number)),
});

/** Gradients of `Σ y · dy` by name. `image` is the input. */
export async function gradientsOf(
  runtime: TfjsRuntime,
  { graph, image, weights }: Scalar,
  options: ForwardOptions = {},
): Promise<ReadonlyMap<string, Tensor>> {
  const network = await runtime.trainable(graph, weights);
  try {
    return await network.use(async () => {
      const x = tensor<Rank.R4>(image.data, image.shape as Shape4D);
      const pass = network.forward({ image: x }, { trainable: new Set(['image', ...weights.keys()]), ...options });
      const y = pass.outputs['y'] as Tensor4D;
      const dy = tensor<Rank.R4>(like('dy', y).data, y.shape);
      const gradients = pass.backward({ y: dy });
      const read = new Map<string, Tensor>();
      for (const [name, gradient] of gradients) {
        read.set(name, { shape: gradient.shape, data: Float32Array.from(await gradient.data()) });
        gradient.dispose();
      }
      pass.dispose();
      x.dispose();
      dy.dispose();
      return read;
    });
  } finally {
    network.dispose();
  }
}

/** How fast `Σ y · dy` grows along a random direction of one input or parameter, measured by the difference of two runs. */
export async function slopeAlong(
  runtime: Runtime,
  { graph, image, weights }: Scalar,
  name: string,
  step: number,
): Promise<{ readonly slope: number; readonly direction: Tensor }> {
  const at = (name === 'image' ? image : weights.get(name)) as Tensor;
  const direction = like(`direction of ${name}`, at);
  const value = async (by: number): Promise<number> => {
    const changed = new Map([...weights, [name, moved(at, direction, by)]]);
    const executable = await runtime.compile(graph, name === 'image' ? weights : changed, { exact: true });
    const { y } = await executable.run(name === 'image' ? (changed.get(name) as Tensor) : image);
    executable.dispose();
    return dot(y as Tensor, like('dy', y as Tensor));
  };
  return { slope: ((await value(step)) - (await value(-step))) / (2 * step), direction };
}
