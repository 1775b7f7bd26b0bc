import type { RebuildOptions } from '../graph.ts';
import type { Graph, Node, NodeOf } from '../ops.ts';
import type { Tensor, Weights } from '../tensor.ts';
import { derivedWeights, type DerivedWeights } from './derived-weights.ts';
import { rewriteGraph, useCounts } from './rewrite.ts';

/** A graph and the weights it runs with. */
export interface Network {
  readonly graph: Graph;
  readonly weights: Weights;
}

type Conv = NodeOf<'conv2d'> | NodeOf<'depthwiseConv2d'>;

function affine(norm: NodeOf<'batchNorm'>, weights: DerivedWeights): { scale: Float64Array; shift: Float64Array } {
  const [gamma, beta, mean, variance] = ['gamma', 'beta', 'movingMean', 'movingVariance'].map(
    (role) => weights.of(norm, role).data,
  );
  const scale = Float64Array.from(
    gamma ?? [],
    (value, c) => value / Math.sqrt((variance?.[c] ?? 0) + norm.attrs.epsilon),
  );
  const shift = Float64Array.from(beta ?? [], (value, c) => value - (mean?.[c] ?? 0) * (scale[c] ?? 0));
  return { scale, shift };
}

/** Filter values per output channel: the last axis for dense filters, the last two (in × multiplier) for depthwise ones. */
function scaleFilters(filters: Tensor, scale: Float64Array): Tensor {
  const channels = scale.length;
  // Tens of millions of values: `Float32Array.from` would collect them in an array of numbers first.
  const data = new Float32Array(filters.data.length);
  for (let start = 0; start < data.length; start += channels)
    for (let c = 0; c < channels; c++) data[start + c] = (filters.data[start + c] ?? 0) * (scale[c] ?? 0);
  return { shape: filters.shape, data };
}

/** The names of all parameters of a pair; copies of a network at several scales share them. */
const keyOf = (conv: Conv, norm: NodeOf<'batchNorm'>): string =>
  JSON.stringify([conv.params, norm.params, norm.attrs.epsilon]);

function foldParams(conv: Conv, norm: NodeOf<'batchNorm'>, weights: DerivedWeights): Node['params'] {
  const { scale, shift } = affine(norm, weights);
  const role = conv.kind === 'conv2d' ? 'weights' : 'depthwiseWeights';
  const old = conv.attrs.useBias ? weights.of(conv, 'biases').data : undefined;
  const filters = scaleFilters(weights.of(conv, role), scale);
  const biases: Tensor = {
    shape: [scale.length],
    data: Float32Array.from(shift, (value, c) => value + (old?.[c] ?? 0) * (scale[c] ?? 0)),
  };
  return {
    [role]: weights.derive(`${norm.name}/folded_weights`, () => filters),
    biases: weights.derive(`${norm.name}/folded_biases`, () => biases),
  };
}

/**
 * Folds batch norms into the convolutions they follow, where nothing else reads the convolution. Exact up to rounding.
 * Layers with the same parameters go on sharing them.
 *
 * @throws WeightsError when a weight of a folded pair is missing.
 */
export function foldBatchNorm({ graph, weights }: Network, options: RebuildOptions = {}): Network {
  const uses = useCounts(graph);
  const byName = new Map(graph.nodes.map((node) => [node.name, node]));
  const norms = new Map<string, NodeOf<'batchNorm'>>();
  for (const node of graph.nodes) {
    const source = byName.get(node.inputs[0] ?? '');
    const follows = source?.kind === 'conv2d' || source?.kind === 'depthwiseConv2d';
    if (node.kind === 'batchNorm' && follows && source.attrs.activation === 'linear' && uses.get(source.name) === 1)
      norms.set(source.name, node);
  }
  const gone = new Set([...norms.values()].map((norm) => norm.name));
  const derived = derivedWeights(weights);
  const paramsOf = new Map<string, Node['params']>();
  const foldInto = (conv: Conv, norm: NodeOf<'batchNorm'>): Node => {
    const key = keyOf(conv, norm);
    const params = paramsOf.get(key) ?? foldParams(conv, norm, derived);
    paramsOf.set(key, params);
    return { ...conv, attrs: { ...conv.attrs, useBias: true }, params } as Node;
  };
  const rewritten = rewriteGraph(
    graph,
    (node) => {
      if (gone.has(node.name)) return node.inputs[0] ?? node;
      const norm = norms.get(node.name);
      return norm && (node.kind === 'conv2d' || node.kind === 'depthwiseConv2d') ? foldInto(node, norm) : node;
    },
    options,
  );
  return { graph: rewritten, weights: derived.neededBy(rewritten) };
}
