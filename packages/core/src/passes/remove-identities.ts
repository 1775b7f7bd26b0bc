import type { RebuildOptions } from '../graph.ts';
import type { Graph, Node, NodeOf, OpAttrs, Pair, Shape } from '../ops.ts';
import { resizeAxis } from '../resize-taps.ts';
import { rewriteGraph } from './rewrite.ts';

const isOne = ([height, width]: Pair): boolean => height === 1 && width === 1;

const isWithoutPads = ({ padding }: OpAttrs['maxPool' | 'avgPool']): boolean =>
  typeof padding === 'string' || Object.values(padding).every((pad) => pad === 0);

/** Whether every output of a resize reads the input at its own place, which sizes that happen to be equal do not say. */
function copiesAxis({ attrs }: NodeOf<'resizeBilinear'>, axis: 0 | 1, from: number, to: number): boolean {
  if (from !== to) return false;
  return resizeAxis(attrs, axis, from, to).every(({ lower, lowerWeight }, out) => lower === out && lowerWeight === 1);
}

function copies(node: NodeOf<'resizeBilinear'>, from: Shape): boolean {
  return ([0, 1] as const).every((axis) => {
    const [inExtent, outExtent] = [from[axis + 1], node.shape[axis + 1]];
    return typeof inExtent === 'number' && typeof outExtent === 'number' && copiesAxis(node, axis, inExtent, outExtent);
  });
}

function isIdentity(node: Node, input: Shape): boolean {
  switch (node.kind) {
    case 'dropout':
      return true;
    case 'activation':
      return node.attrs.fn === 'linear';
    case 'concat':
      return node.inputs.length === 1;
    case 'pad':
      return Object.values(node.attrs.pads).every((pad) => pad === 0) && node.attrs.nominal === undefined;
    case 'maxPool':
    case 'avgPool': {
      const { kernel, strides, nominal } = node.attrs;
      const isBound = nominal !== undefined || ('crop' in node.attrs && node.attrs.crop !== undefined);
      return isOne(kernel) && isOne(strides) && isWithoutPads(node.attrs) && !isBound;
    }
    case 'globalAvgPool':
      return input[1] === 1 && input[2] === 1;
    case 'depthToSpace':
      return node.attrs.blockSize === 1;
    case 'resizeBilinear':
      return copies(node, input);
    default:
      return false;
  }
}

/**
 * Takes out what leaves its input as it is: dropout, poolings of one pixel, resizes to the same size, and the like. Whether a resize is one
 * shows where sizes are known.
 */
export function removeIdentities(graph: Graph, options: RebuildOptions = {}): Graph {
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  return rewriteGraph(
    graph,
    (node) => (isIdentity(node, shapes.get(node.inputs[0] ?? '') ?? []) ? (node.inputs[0] ?? node) : node),
    options,
  );
}
