import type { Unplaced } from '../graph-builder.ts';
import { nodesByName, type RebuildOptions } from '../graph.ts';
import type { Node, NodeOf, Pair } from '../ops.ts';
import { convOnPart, inputsOfConv, type ConvInput } from './conv-parts.ts';
import { derivedWeights, pickChannels, tapsAsChannels, type DerivedWeights } from './derived-weights.ts';
import { enlargements, type Enlargement } from './enlargement.ts';
import type { Network } from './fold-batch-norm.ts';
import { freshNames } from './fresh-name.ts';
import { rewriteGraph } from './rewrite.ts';

/** What the rewriting of all convolutions of a graph shares. */
interface Parts {
  readonly nodes: ReadonlyMap<string, Node>;
  readonly weights: DerivedWeights;
  readonly fresh: (wanted: string) => string;
  readonly enlargementOf: Enlargement;
}

type Conv = NodeOf<'conv2d'>;

/** A channel range that was enlarged before the convolution. */
interface EnlargedInput extends ConvInput {
  readonly node: NodeOf<'resizeBilinear'>;
}

/** Whether products at low resolution and interpolated sums take fewer multiply-adds. Both sides are counted per small pixel and filter. */
function isCheaper(kernel: Pair, channels: number, [rows, columns]: Pair): boolean {
  const taps = kernel[0] * kernel[1];
  const sums = 2 * rows * (taps + columns * kernel[1]);
  return taps * channels + sums < rows * columns * taps * channels;
}

function isEnlarged(input: ConvInput, { attrs }: Conv, { enlargementOf }: Parts): input is EnlargedInput {
  if (input.node.kind !== 'resizeBilinear') return false;
  const enlargement = enlargementOf(input.node);
  return enlargement !== undefined && isCheaper(attrs.kernel, input.channels[1] - input.channels[0], enlargement);
}

/** The products of every tap at low resolution, and their interpolated sum. */
function interpolated(
  conv: Conv,
  { node: resize, channels }: EnlargedInput,
  { weights, fresh }: Parts,
  last: { readonly name: string; readonly useBias: boolean; readonly isWhole: boolean },
): readonly Unplaced[] {
  const { kernel, atrousRate, padding, filters, activation } = conv.attrs;
  const [source = '', ...like] = resize.inputs;
  const taps = weights.derive(`${conv.params.weights?.name ?? ''}/taps_of_channels_${channels.join('_')}`, () =>
    tapsAsChannels(pickChannels(weights.of(conv, 'weights'), [channels])),
  );
  const products: Unplaced = {
    kind: 'conv2d',
    name: fresh(`${conv.name}/taps`),
    inputs: [source],
    attrs: {
      kernel: [1, 1],
      strides: [1, 1],
      atrousRate: [1, 1],
      padding: 'valid',
      filters: taps.shape[3] ?? 0,
      useBias: false,
      activation: 'linear',
    },
    params: { weights: taps },
  };
  const { biases } = conv.params;
  const { target, corners } = resize.attrs;
  const window = { kernel, atrousRate, padding, filters, useBias: last.useBias };
  return [
    products,
    {
      kind: 'interpolateTaps',
      name: last.name,
      inputs: [products.name, ...like],
      attrs: { target, corners, ...window, activation: last.isWhole ? activation : 'linear' },
      params: last.useBias && biases ? { biases } : {},
    },
  ];
}

function split(conv: Conv, parts: Parts): Node | readonly Unplaced[] {
  const { useBias, activation } = conv.attrs;
  const inputs = inputsOfConv(conv, parts.nodes);
  const enlarged = inputs.filter((input): input is EnlargedInput => isEnlarged(input, conv, parts));
  const rest = inputs.filter((input) => !isEnlarged(input, conv, parts));
  const [first] = enlarged;
  if (first === undefined) return conv;
  if (inputs.length === 1) return interpolated(conv, first, parts, { name: conv.name, useBias, isWhole: true });
  const kept = rest.length === 0 ? [] : [convOnPart({ conv, ...parts, inputs: rest, suffix: 'rest', useBias })];
  const sums = enlarged.map((input, i) =>
    interpolated(conv, input, parts, {
      name: parts.fresh(`${conv.name}/enlarged`),
      useBias: useBias && rest.length === 0 && i === 0,
      isWhole: false,
    }),
  );
  const all = [...kept, ...sums];
  const names = all.map((nodes) => nodes.at(-1)?.name ?? '');
  return [...all.flat(), { kind: 'add', name: conv.name, inputs: names, attrs: { activation }, params: {} }];
}

/**
 * Convolutions behind a bilinear resize, alone or beside others in a concat, multiply before they enlarge: the products of every tap are
 * computed at low resolution by one 1×1 convolution, then interpolated, shifted and summed up (`interpolateTaps`). Only where that takes
 * fewer multiply-adds. Exact up to rounding by every corner rule, at the borders, too: resize and convolution are both linear.
 *
 * Convolutions that follow the output stride (see `fixStrides`) stay as they are.
 *
 * @throws WeightsError when a filter to be rearranged is missing.
 */
export function projectThenUpsample({ graph, weights }: Network, options: RebuildOptions = {}): Network {
  const parts: Parts = {
    nodes: nodesByName(graph),
    weights: derivedWeights(weights),
    fresh: freshNames(graph),
    enlargementOf: enlargements(graph),
  };
  const isSuited = ({ attrs }: Conv): boolean =>
    attrs.nominal === undefined && attrs.strides.every((stride) => stride === 1);
  const rewritten = rewriteGraph(
    graph,
    (node) => (node.kind === 'conv2d' && isSuited(node) ? split(node, parts) : node),
    options,
  );
  return { graph: rewritten, weights: parts.weights.neededBy(rewritten) };
}
