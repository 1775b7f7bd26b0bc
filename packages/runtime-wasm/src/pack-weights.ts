import type { Graph, Node, NodeOf, Tensor, Weights } from '@atrous/core';
import type { Address, Arena } from '@atrous/platform/threads';
import { LANES, paddedTo } from './plan/value.ts';

/** Where a node's parameters lie, by role, as its kernel reads them. */
export type Packed = Readonly<Record<string, Address>>;

/** Filters `[tap, channel, filter]` as `[filter / 8, tap, channel, 8]`. */
function packFilters({ shape, data }: Tensor, to: Float32Array): void {
  const [kh = 1, kw = 1, channels = 1, filters = 1] = shape;
  const rows = kh * kw * channels;
  for (let row = 0; row < rows; row++)
    for (let filter = 0; filter < filters; filter++)
      to[(Math.floor(filter / LANES) * rows + row) * LANES + (filter % LANES)] = data[row * filters + filter]!;
}

/** Rows of numbers, each filled up with zeros to whole blocks. */
function packRows(data: ArrayLike<number>, width: number, to: Float32Array): void {
  for (let i = 0; i < data.length; i++) to[Math.floor(i / width) * paddedTo(width) + (i % width)] = data[i]!;
}

/** `scale` and `shift` that do what the statistics say. */
function affineOf(node: NodeOf<'batchNorm'>, weights: Weights): readonly [scale: Float64Array, shift: Float64Array] {
  const values = (role: string) => weights.get(node.params[role]!.name)!.data;
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map(values);
  const scale = Float64Array.from(gamma!, (value, c) => value / Math.sqrt(variance![c]! + node.attrs.epsilon));
  return [scale, Float64Array.from(beta!, (value, c) => value - mean![c]! * scale[c]!)];
}

/** Packs the parameters of one node after the other; nodes that share parameters share what is packed. */
function createPacker(weights: Weights, arena: Arena) {
  const known = new Map<string, Address>();
  const once = (key: string, length: number, fill: (to: Float32Array) => void): Address => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const at = arena.allocate(4 * length);
    const to = arena.floats(at, length);
    to.fill(0);
    fill(to);
    known.set(key, at);
    return at;
  };
  const rows = (key: string, data: ArrayLike<number>, width: number): Address =>
    once(key, (data.length / width) * paddedTo(width), (to) => packRows(data, width, to));
  const biases = (node: NodeOf<'conv2d' | 'depthwiseConv2d' | 'interpolateTaps'>, filters: number): Address => {
    const { name } = node.params.biases ?? {};
    if (name === undefined) return once(`zeros ${paddedTo(filters)}`, paddedTo(filters), () => {});
    return rows(`biases ${name}`, weights.get(name)!.data, filters);
  };
  return { once, rows, biases };
}

function packNode(node: Node, weights: Weights, { once, rows, biases }: ReturnType<typeof createPacker>): Packed {
  switch (node.kind) {
    case 'conv2d': {
      const { name, shape } = node.params.weights!;
      const [kh = 1, kw = 1, channels = 1, filters = 1] = shape;
      const length = kh * kw * channels * paddedTo(filters);
      const packed = once(`filters ${name}`, length, (to) => packFilters(weights.get(name)!, to));
      return { weights: packed, biases: biases(node, filters) };
    }
    case 'depthwiseConv2d': {
      const { name, shape } = node.params.depthwiseWeights!;
      const channels = shape[2]! * shape[3]!;
      return { weights: rows(`taps ${name}`, weights.get(name)!.data, channels), biases: biases(node, channels) };
    }
    case 'interpolateTaps':
      return { biases: biases(node, node.attrs.filters) };
    case 'batchNorm': {
      const [scale, shift] = affineOf(node, weights);
      const key = JSON.stringify([node.params, node.attrs.epsilon]);
      const [scaleAt, shiftAt] = [`scale ${key}`, `shift ${key}`];
      return { scale: rows(scaleAt, scale, scale.length), shift: rows(shiftAt, shift, shift.length) };
    }
    default:
      return {};
  }
}

/**
 * Puts the parameters of a network into memory, as kernels read them.
 *
 * @param onNode called before each node that has some.
 * @returns what was packed for each node, by its name. Custom ops have nothing: they read the weights themselves.
 */
export function packWeights(
  graph: Graph,
  weights: Weights,
  arena: Arena,
  onNode: (completed: number, total: number, name: string) => void,
): ReadonlyMap<string, Packed> {
  const packer = createPacker(weights, arena);
  const nodes = graph.nodes.filter(({ kind, params }) => kind === 'interpolateTaps' || Object.keys(params).length > 0);
  return new Map(
    nodes.map((node, i) => {
      onNode(i, nodes.length, node.name);
      return [node.name, packNode(node, weights, packer)];
    }),
  );
}
