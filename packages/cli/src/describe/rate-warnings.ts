import { griddingStacks, tapsOnMap, type TapsOnMap } from '@atrous/atrous-ops';
import type { Graph, NodeAnalysis, OpAttrs, Pair } from '@atrous/core';

/** A doubt about the rates of a network at one input size. */
export type RateWarning =
  | {
      readonly kind: 'gridding';
      readonly layers: readonly string[];
      readonly atrousRates: readonly number[];
      readonly factor: number;
      readonly message: string;
    }
  | {
      readonly kind: 'tapsLost';
      readonly layer: string;
      readonly atrousRate: Pair;
      /** Height and width of the map that is read. */
      readonly mapSize: Pair;
      /** Rows and columns of taps that still read the map. */
      readonly kernelLeft: Pair;
      readonly message: string;
    };

const times = ([height, width]: readonly number[]): string => `${height}x${width}`;

/** `2 ×6, 4 ×3` rather than a long row of numbers. */
function countRepeats(rates: readonly number[]): string {
  const runs: { rate: number; count: number }[] = [];
  for (const rate of rates) {
    const last = runs.at(-1);
    if (last?.rate === rate) last.count++;
    else runs.push({ rate, count: 1 });
  }
  return runs.map(({ rate, count }) => (count === 1 ? String(rate) : `${rate} (${count} times)`)).join(', ');
}

const griddingWarnings = (graph: Graph): readonly RateWarning[] =>
  griddingStacks(graph).map(({ layers, atrousRates, factor }) => ({
    kind: 'gridding',
    layers,
    atrousRates,
    factor,
    message:
      `gridding: from ${layers[0]} to ${layers.at(-1)} all rates are multiples of ${factor}, ${countRepeats(atrousRates)}; ` +
      `neighbouring units there read disjoint inputs`,
  }));

/** Height and width of the map that a layer reads. */
const sizeRead = (layer: NodeAnalysis, layers: ReadonlyMap<string, NodeAnalysis>): Pair => {
  const [, height = 1, width = 1] = layers.get(layer.node.inputs[0] ?? '')?.shape ?? [];
  return [height, width];
};

interface AtrousTaps extends TapsOnMap {
  readonly attrs: OpAttrs['conv2d' | 'depthwiseConv2d'];
  readonly mapSize: Pair;
}

/** Share of a convolution's taps that read the map rather than its padding; `undefined` for layers without a rate. */
export function tapsOf(layer: NodeAnalysis, layers: ReadonlyMap<string, NodeAnalysis>): AtrousTaps | undefined {
  const { node } = layer;
  if (node.kind !== 'conv2d' && node.kind !== 'depthwiseConv2d') return undefined;
  if (node.attrs.atrousRate.every((rate) => rate === 1)) return undefined;
  const mapSize = sizeRead(layer, layers);
  return { attrs: node.attrs, mapSize, ...tapsOnMap(node.attrs, mapSize) };
}

function tapWarning(layer: NodeAnalysis, layers: ReadonlyMap<string, NodeAnalysis>): readonly RateWarning[] {
  const taps = tapsOf(layer, layers);
  if (taps === undefined || taps.kernel.every((left, axis) => left === taps.attrs.kernel[axis])) return [];
  const { atrousRate, kernel } = taps.attrs;
  const { name } = layer.node;
  return [
    {
      kind: 'tapsLost',
      layer: name,
      atrousRate,
      mapSize: taps.mapSize,
      kernelLeft: taps.kernel,
      message:
        `rate too large: at rate ${atrousRate[0]} on a map of ${times(taps.mapSize)}, ` +
        `the ${times(kernel)} convolution ${name} is a ${times(taps.kernel)}; its other taps only read padding`,
    },
  ];
}

/**
 * Where a stack of layers grids, or a rate leaves a convolution taps that read nothing but padding.
 *
 * @param layers of the analysed graph, by name.
 */
export const rateWarnings = (graph: Graph, layers: ReadonlyMap<string, NodeAnalysis>): readonly RateWarning[] => [
  ...griddingWarnings(graph),
  ...[...layers.values()].flatMap((layer) => tapWarning(layer, layers)),
];
