import type { Unplaced } from '../graph-builder.ts';
import { nodesByName, type RebuildOptions } from '../graph.ts';
import type { Graph, Node, NodeOf } from '../ops.ts';
import { enlargements } from './enlargement.ts';
import { freshNames } from './fresh-name.ts';
import { isPointwise } from './pointwise.ts';
import { rewriteGraph, useCounts } from './rewrite.ts';

/** Whether it makes no difference if a resize comes before or after: a bias does where the weights of a pixel do not sum up to 1. */
const commutes = (conv: NodeOf<'conv2d'>, resize: NodeOf<'resizeBilinear'>): boolean =>
  isPointwise(conv) &&
  conv.attrs.activation === 'linear' &&
  !(conv.attrs.useBias && resize.attrs.corners === 'deconvolution');

/**
 * Moves 1×1 convolutions before the resize that enlarges their input, where nothing else reads it: a classifier then computes as few logits as
 * there were features. Exact up to rounding, since both are linear.
 */
export function classifyBeforeUpsampling(graph: Graph, options: RebuildOptions = {}): Graph {
  const nodes = nodesByName(graph);
  const uses = useCounts(graph);
  const enlargementOf = enlargements(graph);
  const fresh = freshNames(graph);
  const swap = (conv: NodeOf<'conv2d'>): Node | readonly Unplaced[] => {
    const resize = nodes.get(conv.inputs[0] ?? '');
    if (resize?.kind !== 'resizeBilinear' || uses.get(resize.name) !== 1 || !commutes(conv, resize)) return conv;
    const [rows, columns] = enlargementOf(resize) ?? [1, 1];
    if (rows * columns <= 1) return conv;
    const [source = '', ...like] = resize.inputs;
    const small = { ...conv, name: fresh(`${conv.name}/small`), inputs: [source] };
    return [small, { ...resize, name: conv.name, inputs: [small.name, ...like] }];
  };
  return rewriteGraph(graph, (node) => (node.kind === 'conv2d' ? swap(node) : node), options);
}
