import {
  createGraphBuilder,
  createRandom,
  cornerRules,
  parametersOf,
  ShapeError,
  sizeOf,
  withInputShape,
  type Graph,
  type Network,
  type Node,
  type Random,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { steps } from './steps.ts';

/** A network made up at random, and something to run it on. */
export interface RandomNetwork extends Network {
  readonly image: Tensor;
}

/** Options of {@link randomNetwork}. */
export interface RandomNetworkOptions {
  /** Leave the graph's height and width open, as models do. Default false. */
  readonly open?: boolean;
  /** The stride that most layers follow, by rates instead of strides. Default: none, they keep theirs. */
  readonly outputStride?: number | null;
  /** Steps, each of one node or a few. Default 8. */
  readonly steps?: number;
}

const LARGEST_SIDE = 40;

function draw(random: Random, { steps: count = 8, outputStride = null }: RandomNetworkOptions): Graph {
  const builder = createGraphBuilder({ outputStride });
  const shape = [1 + random.integer(2), 4 + random.integer(8), 4 + random.integer(8), 3];
  const image = builder.input({ shape });
  const nodes: Node[] = [image];
  let names = 0;
  const name = (): string => `n${names++}`;
  // Late nodes are likelier, so that chains appear.
  const pick = (): Node => nodes[Math.max(0, nodes.length - 1 - Math.floor(random.uniform() ** 3 * nodes.length))]!;
  while (nodes.length <= count) {
    try {
      const node = random.pick(steps)({ builder, random, pick, name });
      if ((node.shape[1] as number) <= LARGEST_SIDE && (node.shape[2] as number) <= LARGEST_SIDE) nodes.push(node);
    } catch (error) {
      // A window may be larger than the map that chance chose for it: another try.
      if (!(error instanceof ShapeError)) throw error;
    }
  }
  const last = nodes.at(-1)!;
  const enlarged = builder.resizeBilinear(last, { corners: random.pick(cornerRules), like: image });
  return builder.build({ last, other: pick(), labels: builder.argMax(enlarged) });
}

const weightsFor = (graph: Graph, seed: number): Weights =>
  new Map(
    [...parametersOf(graph).values()].map(({ name, shape }) => {
      const random = createRandom(seed, 'weights', name);
      const positive = /variance$|gamma$/.test(name);
      const spread = 1 / Math.sqrt(Math.max(1, sizeOf(shape) / (shape.at(-1) ?? 1)));
      const value = (): number => (positive ? random.uniform(0.5, 1.5) : spread * random.normal());
      return [name, { shape, data: Float32Array.from({ length: sizeOf(shape) }, value) }];
    }),
  );

/**
 * A small network in the manner of DeepLab that follows from a seed: convolutions of every padding, stride and rate, norms, activations,
 * residual units, pooled branches, enlarged maps beside large ones, by every corner rule. For properties that hold for every graph.
 *
 * Its outputs are `last` and `other`, and `labels`, the class ids of `last` at the size of the image.
 */
export function randomNetwork(seed: number, options: RandomNetworkOptions = {}): RandomNetwork {
  const random = createRandom(seed, 'graph');
  const graph = draw(random, options);
  const shape = graph.nodes.find(({ kind }) => kind === 'input')!.shape as readonly number[];
  const values = createRandom(seed, 'image');
  const data = Float32Array.from({ length: sizeOf(shape) }, () => values.normal());
  return {
    graph: options.open ? withInputShape(graph, [null, null, null, 3]) : graph,
    weights: weightsFor(graph, seed),
    image: { shape, data },
  };
}
