import { fieldOfUnit } from '@atrous/atrous-ops';
import { analyze, effectiveKernel, inputsOf } from '@atrous/core';
import type { Graph, NodeAnalysis, OpDefinition, Pair } from '@atrous/core';
import { formatCount, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';
import { lastSmallLayer } from './gridding/choose-layers.ts';
import { rateWarnings, tapsOf, type RateWarning } from './rate-warnings.ts';

/** One line of `atrous describe`. */
export interface LayerDescription {
  readonly name: string;
  readonly kind: string;
  /** `[n, h, w, c]`. */
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** Image pixels between neighbouring units. */
  readonly stride: number;
  readonly atrousRate?: readonly [height: number, width: number];
  /** Image pixels from a convolution's first tap to its last, what DeepLab calls the field of view of a classifier. */
  readonly tapsSpan?: readonly [height: number, width: number];
  /** Share of taps that read the map rather than its padding, 0–1; only where the rate is above 1. */
  readonly tapsOnMap?: number;
  /** Image pixels a unit sees. */
  readonly receptiveField: readonly [height: number, width: number];
}

/** What the unit in the middle of a layer really sees of the image; image-level pooling is left out. */
export interface EffectiveField {
  /** The last layer before the map is enlarged. */
  readonly layer: string;
  /** Side in pixels: `effectiveSide` of `fieldOfUnit` in `@atrous/atrous-ops`. */
  readonly side: number;
  /** Height and width of everything the unit sees, as far as the image goes. */
  readonly box: Pair;
  /** Share of that box that the unit sees at all, 0–1; below 1 there are holes. */
  readonly coverage: number;
}

/** A network at one input size. */
export interface NetworkDescription {
  readonly inputShape: readonly number[];
  readonly outputs: Graph['outputs'];
  readonly outputStride: number;
  readonly parameters: number;
  readonly multiplyAdds: number;
  readonly effectiveField: EffectiveField;
  readonly layers: readonly LayerDescription[];
  /** Where the rates do not do what they seem to. */
  readonly warnings: readonly RateWarning[];
}

/** Image pixels between the taps' outermost ends: the effective kernel, at the stride of the map that is read. */
function tapsSpan({ node }: NodeAnalysis, layers: ReadonlyMap<string, NodeAnalysis>): Pair | undefined {
  if (node.kind !== 'conv2d' && node.kind !== 'depthwiseConv2d') return undefined;
  const { kernel, atrousRate } = node.attrs;
  const stride = layers.get(node.inputs[0] ?? '')?.stride ?? 1;
  return [effectiveKernel(kernel[0], atrousRate[0]) * stride, effectiveKernel(kernel[1], atrousRate[1]) * stride];
}

function effectiveField(
  graph: Graph,
  layers: ReadonlyMap<string, NodeAnalysis>,
  options: {
    readonly inputShape: readonly number[];
    readonly ops: readonly OpDefinition[];
    readonly outputStride: number;
  },
): EffectiveField {
  const { inputShape, ops, outputStride } = options;
  const layer = lastSmallLayer(graph, layers, outputStride);
  const { effectiveSide, box, coverage } = fieldOfUnit(graph, { inputShape, ops, layer });
  return { layer, side: effectiveSide, box: [box.height, box.width], coverage };
}

function describeLayer(layer: NodeAnalysis, all: ReadonlyMap<string, NodeAnalysis>): LayerDescription {
  const { node, shape, parameters, multiplyAdds, stride, receptiveField } = layer;
  const taps = tapsOf(layer, all);
  const span = tapsSpan(layer, all);
  const rate = 'atrousRate' in node.attrs ? node.attrs.atrousRate : undefined;
  return {
    name: node.name,
    kind: node.kind,
    shape,
    parameters,
    multiplyAdds,
    stride,
    ...(rate !== undefined && { atrousRate: rate }),
    ...(span !== undefined && { tapsSpan: span }),
    ...(taps !== undefined && { tapsOnMap: taps.share }),
    receptiveField: receptiveField.size,
  };
}

/**
 * Lists a network's layers with what they cost and see on a square image.
 *
 * @param size side of the image in pixels.
 * @throws ShapeError when the network cannot run at that size.
 */
export function describeGraph(graph: Graph, size: number, ops: readonly OpDefinition[]): NetworkDescription {
  const channels = inputsOf(graph)[0]?.shape[3] ?? 3;
  const inputShape = [1, size, size, channels];
  const { nodes, parameters, multiplyAdds, outputStride } = analyze(graph, inputShape, { ops });
  const layers = new Map(nodes.map((layer) => [layer.node.name, layer]));
  return {
    inputShape,
    outputs: graph.outputs,
    outputStride,
    parameters,
    multiplyAdds,
    effectiveField: effectiveField(graph, layers, { inputShape, ops, outputStride }),
    layers: nodes.map((layer) => describeLayer(layer, layers)),
    warnings: rateWarnings(graph, layers),
  };
}

const COLUMNS = [
  { title: 'layer' },
  { title: 'kind' },
  { title: 'shape', numeric: true },
  { title: 'parameters', numeric: true },
  { title: 'multiply-adds', numeric: true },
  { title: 'stride', numeric: true },
  { title: 'rate', numeric: true },
  { title: 'taps span', numeric: true },
  { title: 'taps on map', numeric: true },
  { title: 'sees', numeric: true },
];

/** Fields of view grow by fractions where a feature map is enlarged by one. */
const short = (pair: readonly [number, number]): string => {
  const [height, width] = pair.map((extent) => Math.round(extent));
  return height === width ? String(height) : `${height}x${width}`;
};

const countOrBlank = (count: number): string => (count === 0 ? '' : formatCount(count));

/** The table a person reads; the batch dimension is left out. */
export function formatDescription(description: NetworkDescription, withLayers: boolean): string {
  const rows = description.layers.map((layer) => [
    layer.name,
    layer.kind,
    layer.shape.slice(1).join('x'),
    countOrBlank(layer.parameters),
    countOrBlank(layer.multiplyAdds),
    String(Number(layer.stride.toFixed(2))),
    layer.atrousRate === undefined ? '' : short(layer.atrousRate),
    layer.tapsSpan === undefined ? '' : short(layer.tapsSpan),
    layer.tapsOnMap === undefined ? '' : formatPercent(layer.tapsOnMap),
    short(layer.receptiveField),
  ]);
  const { warnings, layers, effectiveField, parameters, multiplyAdds, outputStride, inputShape, outputs } = description;
  const last = layers.find(({ name }) => name === Object.values(outputs)[0]);
  const outputNames = Object.entries(outputs).map(([name, node]) => (name === node ? name : `${name} (${node})`));
  return [
    ...(withLayers ? [formatTable(COLUMNS, rows), ''] : []),
    `input          ${inputShape.slice(1).join('x')}`,
    `outputs        ${outputNames.join(', ')}`,
    `output stride  ${outputStride}`,
    `field of view  ${last === undefined ? '' : short(last.receptiveField)}`,
    `effective FOV  ${Math.round(effectiveField.side)}, of the middle unit of ${effectiveField.layer}`,
    `parameters     ${formatCount(parameters)} (${(parameters / 1e6).toFixed(2)} M)`,
    `multiply-adds  ${formatCount(multiplyAdds)} (${(multiplyAdds / 1e9).toFixed(2)} G)`,
    ...warnings.map(({ message }) => `warning        ${message}`),
  ].join('\n');
}
