import { customOp } from './custom-op.ts';
import { withInputShape, type RebuildOptions } from './graph.ts';
import { spatialSize } from './infer-shape.ts';
import type { Graph, Node, Pair, Shape } from './ops.ts';
import { placements } from './output-stride.ts';
import { effectiveKernel, resolvePads, type WindowGeometry } from './padding.ts';
import { sizeOf } from './tensor.ts';

/** Which image pixels a unit of a node can see, along height and width. */
export interface ReceptiveField {
  /** Extent in image pixels. */
  readonly size: Pair;
  /** Image pixels between the fields of neighbouring units. */
  readonly stride: Pair;
  /** Image coordinate of the first pixel that the first unit sees; negative where the field starts in the padding. */
  readonly offset: Pair;
}

/** Facts about one node at a concrete input shape. */
export interface NodeAnalysis {
  readonly node: Node;
  /** `[n, h, w, c]`. */
  readonly shape: readonly number[];
  readonly parameters: number;
  /** One multiplication with its addition counts as one; activations, norms and resizes count as none. */
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
    case 'custom': {
      const op = customOp(new Map((options.ops ?? []).map((known) => [known.name, known])), node.attrs, node.name);
      return op.multiplyAdds?.(inputs, node.attrs.options) ?? 0;
    }
    default:
      return 0;
  }
}

const IMAGE_FIELD: ReceptiveField = { size: [1, 1], stride: [1, 1], offset: [0, 0] };

const both = (along: (axis: 0 | 1) => number): Pair => [along(0), along(1)];

function throughWindow(field: ReceptiveField, window: WindowGeometry, size: Pair): ReceptiveField {
  const pads = resolvePads(window, size);
  const rate = window.atrousRate ?? [1, 1];
  return {
    size: both(
      (axis) => field.size[axis] + (effectiveKernel(window.kernel[axis], rate[axis]) - 1) * field.stride[axis],
    ),
    stride: both((axis) => field.stride[axis] * window.strides[axis]),
    offset: both((axis) => field.offset[axis] - (axis === 0 ? pads.top : pads.left) * field.stride[axis]),
  };
}

/** The smallest field that holds both. */
function union(a: ReceptiveField, b: ReceptiveField): ReceptiveField {
  const start = both((axis) => Math.min(a.offset[axis], b.offset[axis]));
  const end = both((axis) => Math.max(a.offset[axis] + a.size[axis], b.offset[axis] + b.size[axis]));
  return {
    size: both((axis) => end[axis] - start[axis]),
    stride: both((axis) => Math.max(a.stride[axis], b.stride[axis])),
    offset: start,
  };
}

function receptiveField(node: Node, fields: readonly ReceptiveField[], sizes: readonly Pair[]): ReceptiveField {
  const field = fields[0] ?? IMAGE_FIELD;
  const size = sizes[0] ?? [1, 1];
  switch (node.kind) {
    case 'conv2d':
    case 'depthwiseConv2d':
    case 'maxPool':
    case 'avgPool':
      return throughWindow(field, node.attrs, size);
    case 'globalAvgPool':
      return throughWindow(field, { kernel: size, strides: size, padding: 'valid' }, size);
    case 'adaptiveAvgPool': {
      const { bins } = node.attrs;
      const strides = both((axis) => size[axis] / bins[axis]);
      return throughWindow(
        field,
        { kernel: both((axis) => Math.ceil(strides[axis])), strides, padding: 'valid' },
        size,
      );
    }
    case 'pad':
      return {
        ...field,
        offset: both(
          (axis) => field.offset[axis] - (axis === 0 ? node.attrs.pads.top : node.attrs.pads.left) * field.stride[axis],
        ),
      };
    case 'resizeBilinear': {
      const out = spatialSize(node.shape, node.name);
      if (out[0] === size[0] && out[1] === size[1]) return field;
      return {
        size: both((axis) => field.size[axis] + (size[axis] > 1 ? field.stride[axis] : 0)),
        stride: both((axis) => (field.stride[axis] * size[axis]) / out[axis]),
        offset: field.offset,
      };
    }
    case 'multiply':
      // Factors of whole channels lie farther apart than what they scale.
      return { ...fields.slice(1).reduce(union, field), stride: field.stride };
    case 'depthToSpace':
      return { ...field, stride: both((axis) => field.stride[axis] / node.attrs.blockSize) };
    default:
      return fields.slice(1).reduce(union, field);
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
  for (const node of nodes) {
    const inputs = node.inputs.map((name) => known.get(name) as NodeAnalysis);
    const sizes = inputs.map((input) => spatialSize(input.shape, input.node.name));
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
      receptiveField: receptiveField(
        node,
        inputs.map((input) => input.receptiveField),
        sizes,
      ),
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
