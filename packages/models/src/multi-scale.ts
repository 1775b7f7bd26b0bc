import { checkPositive } from '@atrous/atrous-ops';
import {
  createGraphBuilder,
  inputsOf,
  ShapeError,
  type Graph,
  type GraphBuilder,
  type Node,
  type RebuildOptions,
} from '@atrous/core';

/** Options of {@link multiScale}. */
export interface MultiScaleOptions extends RebuildOptions {
  /** Sizes of the further images, as parts of the image's. Default one half and three quarters, the paper's. */
  readonly scales?: readonly number[];
  /** Coordinates of a resized image follow the `factor` (PyTorch 1.6 and later) or the ratio of the whole `sizes` (before). Default `factor`. */
  readonly coordinates?: 'factor' | 'sizes';
}

/** A node without nominal attributes: a copy at another scale must have the strides and rates of the original. */
const settled = ({ attrs }: Node): Node['attrs'] =>
  Object.fromEntries(Object.entries(attrs).filter(([name]) => name !== 'nominal'));

/** Adds a network's nodes under a prefix, reading `image`; parameters keep their names, so that all copies share them. */
function addCopy(builder: GraphBuilder, graph: Graph, image: Node, prefix: string): Node {
  const copies = new Map<string, Node>();
  for (const node of graph.nodes) {
    const inputs = node.inputs.map((input) => copies.get(input)?.name ?? input);
    const copy =
      node.kind === 'input'
        ? image
        : builder.addNode({ ...node, name: `${prefix}${node.name}`, inputs, attrs: settled(node) });
    copies.set(node.name, copy);
  }
  return copies.get(graph.outputs.logits ?? '') as Node;
}

function resizeImage(builder: GraphBuilder, image: Node, scale: number, name: string, byFactor: boolean): Node {
  const scaled = builder.resizeBilinear(image, { name, corners: 'halfPixel', scale });
  return byFactor
    ? scaled
    : builder.resizeBilinear(image, { name: `${name}_by_sizes`, corners: 'halfPixel', like: scaled });
}

/**
 * Lets a network see the image at several scales with the same weights, and keeps the largest score at every position.
 *
 * Strides and rates are settled: bring the network to another output stride first.
 *
 * @param graph from `image` to `logits`.
 * @returns a graph with `logits`, and the logits at each scale for training: `logits_x1`, `logits_x0.5`, …
 * @throws ShapeError when the network has another number of inputs than one, or no output `logits`.
 * @see Chen et al. 2016, "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs", §4.1.2, arXiv:1606.00915
 */
export function multiScale(graph: Graph, options: MultiScaleOptions = {}): Graph {
  const { scales = [0.5, 0.75], coordinates = 'factor', ops } = options;
  const [image, ...others] = inputsOf(graph);
  if (image === undefined || others.length > 0 || graph.outputs.logits === undefined)
    throw new ShapeError('multiScale needs a network with one input and an output "logits"');
  for (const scale of scales) checkPositive('scales', scale);
  const builder = createGraphBuilder({ outputStride: graph.outputStride, ops });
  const original = builder.addNode(image);
  const logits = addCopy(builder, graph, original, '');
  const outputs: Record<string, Node> = { logits_x1: logits };
  const maps = [logits];
  for (const scale of scales) {
    const resized = resizeImage(builder, original, scale, `image_x${scale}`, coordinates === 'factor');
    const scores = addCopy(builder, graph, resized, `x${scale}/`);
    outputs[`logits_x${scale}`] = scores;
    maps.push(
      builder.resizeBilinear(scores, { name: `x${scale}/logits_enlarged`, corners: 'halfPixel', like: logits }),
    );
  }
  return builder.build({ logits: maps.length === 1 ? logits : builder.maximum(maps, { name: 'largest' }), ...outputs });
}
