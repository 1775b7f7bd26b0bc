import type { Graph, Node, NodeOf, Tensor, Weights } from '@atrous/core';
import type { DeviceMemory } from './device/device-memory.ts';
import { toHalves } from './halves.ts';
import { BLOCK, blocksOf } from './plan/value.ts';
import type { Precision } from './precision.ts';

/** A node's parameters on the device, by role, as its kernel reads them. */
export type Packed = Readonly<Record<string, GPUBuffer>>;

type Numbers = Float32Array<ArrayBuffer>;

const whole = (channels: number): number => BLOCK * blocksOf(channels);

/** Filters `[tap, channel, filter]`, with channels and filters in whole blocks. */
function packFilters({ shape, data }: Tensor): Numbers {
  const [kh = 1, kw = 1, channels = 1, filters = 1] = shape;
  const packed = new Float32Array(kh * kw * whole(channels) * whole(filters));
  for (let tap = 0; tap < kh * kw; tap++)
    for (let c = 0; c < channels; c++) {
      const from = (tap * channels + c) * filters;
      packed.set(data.subarray(from, from + filters), (tap * whole(channels) + c) * whole(filters));
    }
  return packed;
}

/** Rows of numbers, each filled up with zeros to whole blocks. */
function packRows(data: Tensor['data'] | Float64Array, width: number): Numbers {
  const packed = new Float32Array((data.length / width) * whole(width));
  for (let from = 0, to = 0; from < data.length; from += width, to += whole(width))
    packed.set(data.subarray(from, from + width), to);
  return packed;
}

/** `scale` and `shift` that do what the statistics say. */
function affineOf(node: NodeOf<'batchNorm'>, weights: Weights): readonly [scale: Float64Array, shift: Float64Array] {
  const values = (role: string) => weights.get(node.params[role]!.name)!.data;
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map(values);
  const scale = Float64Array.from(gamma!, (value, c) => value / Math.sqrt(variance![c]! + node.attrs.epsilon));
  return [scale, Float64Array.from(beta!, (value, c) => value - mean![c]! * scale[c]!)];
}

/** Nodes that share parameters share what is packed. */
function createUploads(memory: DeviceMemory, precision: Precision) {
  const known = new Map<string, GPUBuffer>();
  const once = (key: string, make: () => Numbers | Uint16Array<ArrayBuffer>): GPUBuffer => {
    const buffer = known.get(key) ?? memory.upload(key, make());
    known.set(key, buffer);
    return buffer;
  };
  return {
    /** What is multiplied, in the precision of maps. */
    factors: (key: string, make: () => Numbers) =>
      once(key, () => (precision === 'float16' ? toHalves(make()) : make())),
    /** One number for each channel is float32. */
    table: once,
  };
}

function packNode(node: Node, weights: Weights, { factors, table }: ReturnType<typeof createUploads>): Packed {
  const biases = (of: NodeOf<'conv2d' | 'depthwiseConv2d' | 'interpolateTaps'>, filters: number): GPUBuffer => {
    const { name } = of.params.biases ?? {};
    if (name === undefined) return table(`${whole(filters)} zeros`, () => new Float32Array(whole(filters)));
    return table(`biases ${name}`, () => packRows(weights.get(name)!.data, filters));
  };
  switch (node.kind) {
    case 'conv2d': {
      const { name } = node.params.weights!;
      const filters = factors(`filters ${name}`, () => packFilters(weights.get(name)!));
      return { weights: filters, biases: biases(node, node.attrs.filters) };
    }
    case 'depthwiseConv2d': {
      const { name, shape } = node.params.depthwiseWeights!;
      const channels = shape[2]! * shape[3]!;
      const filters = factors(`taps ${name}`, () => packRows(weights.get(name)!.data, channels));
      return { weights: filters, biases: biases(node, channels) };
    }
    case 'interpolateTaps':
      return { biases: biases(node, node.attrs.filters) };
    case 'batchNorm': {
      const [scale, shift] = affineOf(node, weights);
      const key = JSON.stringify([node.params, node.attrs.epsilon]);
      return {
        scale: table(`scale ${key}`, () => packRows(scale, scale.length)),
        shift: table(`shift ${key}`, () => packRows(shift, shift.length)),
      };
    }
    default:
      return {};
  }
}

/** Nodes that {@link packWeights} has something to do for. */
export const nodesToPack = ({ nodes }: Graph): readonly Node[] =>
  nodes.filter(
    ({ kind, params }) => kind === 'interpolateTaps' || (kind !== 'custom' && Object.keys(params).length > 0),
  );

/**
 * Puts parameters on the device as kernels read them.
 *
 * @param pause awaited before each node.
 * @returns what was packed for each node, by its name.
 */
export async function packWeights(
  { graph, weights }: { readonly graph: Graph; readonly weights: Weights },
  memory: DeviceMemory,
  precision: Precision,
  pause: (packed: number) => Promise<void> | undefined,
): Promise<ReadonlyMap<string, Packed>> {
  const uploads = createUploads(memory, precision);
  const packed = new Map<string, Packed>();
  for (const node of nodesToPack(graph)) {
    await pause(packed.size);
    packed.set(node.name, packNode(node, weights, uploads));
  }
  return packed;
}
