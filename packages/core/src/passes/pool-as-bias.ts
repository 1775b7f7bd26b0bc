import type { Unplaced } from '../graph-builder.ts';
import { nodesByName, type RebuildOptions } from '../graph.ts';
import type { Node, NodeOf } from '../ops.ts';
import { convOnPart, inputsOfConv, type ConvInput } from './conv-parts.ts';
import { derivedWeights, type DerivedWeights } from './derived-weights.ts';
import type { Network } from './fold-batch-norm.ts';
import { freshNames } from './fresh-name.ts';
import { isPointwise } from './pointwise.ts';
import { rewriteGraph, useCounts } from './rewrite.ts';

type Nodes = ReadonlyMap<string, Node>;

/** The one pixel per image that a map consists of, if that is what it is. */
function spreadPixel({ node, channels }: ConvInput, nodes: Nodes): ConvInput | undefined {
  // By the rule `deconvolution` it fades towards the border.
  if (node.kind !== 'resizeBilinear' || node.attrs.corners === 'deconvolution') return undefined;
  const source = nodes.get(node.inputs[0] ?? '');
  return source?.shape[1] === 1 && source.shape[2] === 1 ? { node: source, channels } : undefined;
}

function split(
  conv: NodeOf<'conv2d'>,
  nodes: Nodes,
  parts: { readonly weights: DerivedWeights; readonly fresh: (wanted: string) => string },
): Node | readonly Unplaced[] {
  const inputs = inputsOfConv(conv, nodes);
  const pixels = inputs.flatMap((input) => spreadPixel(input, nodes) ?? []);
  const rest = inputs.filter((input) => spreadPixel(input, nodes) === undefined);
  if (pixels.length === 0 || rest.length === 0) return conv;
  const map = convOnPart({ conv, ...parts, inputs: rest, suffix: 'map', useBias: false });
  const pooled = pixels.map((input, i) =>
    convOnPart({ conv, ...parts, inputs: [input], suffix: 'pooled', useBias: i === 0 && conv.attrs.useBias }),
  );
  const names = [map, ...pooled].map((nodesOfPart) => nodesOfPart.at(-1)?.name ?? '');
  const { activation } = conv.attrs;
  return [...map, ...pooled.flat(), { kind: 'add', name: conv.name, inputs: names, attrs: { activation }, params: {} }];
}

/**
 * Splits the projection behind a concat with a pooled branch: what was one pixel per image before it was spread over the map is projected by
 * itself and added to every pixel like a bias. Exact up to rounding.
 *
 * It needs a runtime whose `add` repeats operands of one pixel.
 *
 * @throws WeightsError when a filter to be split is missing.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587, for the branch
 */
export function poolAsBias({ graph, weights }: Network, options: RebuildOptions = {}): Network {
  const nodes = nodesByName(graph);
  const uses = useCounts(graph);
  const parts = { weights: derivedWeights(weights), fresh: freshNames(graph) };
  const rewritten = rewriteGraph(
    graph,
    (node) => {
      const isSplit = node.kind === 'conv2d' && isPointwise(node) && uses.get(node.inputs[0] ?? '') === 1;
      return isSplit ? split(node, nodes, parts) : node;
    },
    options,
  );
  return { graph: rewritten, weights: parts.weights.neededBy(rewritten) };
}
