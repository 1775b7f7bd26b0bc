import { customOp } from './custom-op.ts';
import { withInputShape, type RebuildOptions } from './graph.ts';
import { spatialSize } from './infer-shape.ts';
import type { Graph, Node, Shape } from './ops.ts';
import { placements } from './output-stride.ts';
import { fieldOfSight, sightOf, type ReceptiveField, type Sight } from './receptive-field.ts';
import { sizeOf } from './tensor.ts';

/** Facts about one node at a concrete input shape. */
export interface NodeAnalysis {
  readonly node: Node;
  /** `[n, h, w, c]`. */
  readonly shape: readonly number[];
  readonly parameters: number;
  /**
   * One multiplication with its addition counts as one; activations, norms and resizes count as none. The sums of `interpolateTaps` count, rows
   * first and columns then, since they take a convolution's place.
   */
  readonly multiplyAdds: number;
  /** Image pixels between neighbouring units, as strides say. */
  readonly stride: number;
  readonly receptiveField: ReceptiveField;
}

/** Facts about a whole network at a concrete input shape. */
export interface GraphAnalysis {
  readonly nodes: readonly NodeAnalysis[];
  /** Convolution weights, biases, gamma and beta; without moving statistics, as papers count. */
  readonly parameters: number;
  readonly multiplyAdds: number;
  /** What the network was built for; of one that was built for none, the largest stride on the way to an output. */
  readonly outputStride: number;
}

const STATISTICS = new Set(['movingMean', 'movingVariance']);

const countParameters = (node: Node): number =>
  Object.entries(node.params).reduce((sum, [role, { shape }]) => (STATISTICS.has(role) ? sum : sum + sizeOf(shape)), 0);

function countMultiplyAdds(node: Node, inputs: readonly Shape[], options: RebuildOptions): number {
  const shape = node.shape as readonly number[];
  switch (node.kind) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      const [kh, kw] = node.attrs.kernel;
      const perOutput = node.kind === 'conv2d' ? kh * kw * (inputs[0]?.[3] ?? 0) : kh * kw;
      return sizeOf(shape) * perOutput;
    }
    case 'interpolateTaps': {
      const { kernel, filters } = node.attrs;
      const [n = 1, h = 1, w = 1] = shape;
      const inWidth = inputs[0]?.[2] ?? 0;
      return n * h * filters * 2 * (inWidth * kernel[0] * kernel[1] + w * kernel[1]);
    }
    case 'custom': {
      const op = customOp(new Map((options.ops ?? []).map((known) => [known.name, known])), node.attrs, node.name);
      return op.multiplyAdds?.(inputs, node.attrs.options) ?? 0;
    }
    default:
      return 0;
  }
}

/**
 * Counts parameters and multiply-adds, and follows stride and receptive field from the image to every node.
 *
 * @param inputShape `[n, h, w, c]`, all known.
 * @throws ShapeError when the network cannot run at that shape.
 * @see Araujo et al. 2019, "Computing Receptive Fields of Convolutional Neural Networks", Distill
 */
export function analyze(graph: Graph, inputShape: readonly number[], options: RebuildOptions = {}): GraphAnalysis {
  const { nodes } = withInputShape(graph, inputShape, options);
  const placed = placements(nodes, graph.outputStride);
  const known = new Map<string, NodeAnalysis>();
  const sights = new Map<string, Sight>();
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => known.get(name) as NodeAnalysis);
    const sizes = inputs.map((input) => spatialSize(input.shape, input.node.name));
    const sight = sightOf(
      node,
      node.inputs.map((name) => sights.get(name) as Sight),
      sizes,
    );
    sights.set(node.name, sight);
    known.set(node.name, {
      node,
      shape: node.shape as readonly number[],
      parameters: countParameters(node),
      multiplyAdds: countMultiplyAdds(
        node,
        inputs.map((input) => input.shape),
        options,
      ),
      stride: placed.get(node.name)?.stride ?? 1,
      receptiveField: fieldOfSight(sight),
    });
  }
  const all = [...known.values()];
  const owners = new Map(
    all.flatMap(({ node }) =>
      Object.entries(node.params).map(([role, param]) => [param.name, { role, param }] as const),
    ),
  );
  const parameters = [...owners.values()].reduce(
    (sum, { role, param }) => (STATISTICS.has(role) ? sum : sum + sizeOf(param.shape)),
    0,
  );
  return {
    nodes: all,
    parameters,
    multiplyAdds: all.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
    outputStride: graph.outputStride ?? Math.max(...all.map(({ stride }) => stride)),
  };
}
