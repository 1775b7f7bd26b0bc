import type { RebuildOptions } from '../graph.ts';
import type { Node, NodeOf, Pads, Pair, Shape } from '../ops.ts';
import { effectiveKernel, resolvePads, windowOutputSize } from '../padding.ts';
import { derivedWeights, sliceTaps, type DerivedWeights } from './derived-weights.ts';
import type { Network } from './fold-batch-norm.ts';
import { rewriteGraph } from './rewrite.ts';

type Conv = NodeOf<'conv2d'> | NodeOf<'depthwiseConv2d'>;

/** One axis of a convolution on a map of known size. */
interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly rate: number;
  readonly before: number;
  readonly inExtent: number;
  readonly outExtent: number;
}

/** The taps from the first to the last that read the map for some output; `undefined` when all of them only read padding. */
function usefulTaps({ kernel, stride, rate, before, inExtent, outExtent }: Axis): Pair | undefined {
  const reads = (tap: number): boolean => {
    const start = tap * rate - before;
    const first = Math.max(Math.ceil(-start / stride), 0);
    return first < outExtent && start + first * stride < inExtent;
  };
  const useful = Array.from({ length: kernel }, (_, tap) => tap).filter(reads);
  return useful.length === 0 ? undefined : [useful[0] as number, (useful.at(-1) as number) + 1];
}

/** Padding that leaves every output where it was. */
function padsAround({ stride, rate, before, inExtent, outExtent }: Axis, [first, end]: Pair): Pair {
  const start = before - first * rate;
  return [start, Math.max((outExtent - 1) * stride + effectiveKernel(end - first, rate) - start - inExtent, 0)];
}

function axesOf({ attrs }: Conv, size: Pair): { readonly rows: Axis; readonly columns: Axis } {
  const pads = resolvePads(attrs, size);
  const out = windowOutputSize(attrs, size);
  const axis = (index: 0 | 1, before: number): Axis => ({
    kernel: attrs.kernel[index],
    stride: attrs.strides[index],
    rate: attrs.atrousRate[index],
    before,
    inExtent: size[index],
    outExtent: out[index],
  });
  return { rows: axis(0, pads.top), columns: axis(1, pads.left) };
}

/** A convolution without the taps that only read padding. */
export interface CutConv<C extends Conv = Conv> {
  /** Its filter is named after the part of the filter that it is. */
  readonly node: C;
  readonly role: 'weights' | 'depthwiseWeights';
  /** Rows and columns `[from, to)` of the filter that are left. */
  readonly rows: Pair;
  readonly columns: Pair;
}

/**
 * What {@link cutTaps} makes of one convolution: for runtimes that learn the size of maps only when they run.
 *
 * @param size height and width of the map that it reads.
 * @returns `undefined` where every tap is of use.
 */
export function cutConv<C extends Conv>(conv: C, size: Pair): CutConv<C> | undefined {
  const { rows, columns } = axesOf(conv, size);
  const [down, across] = [usefulTaps(rows), usefulTaps(columns)];
  if (conv.attrs.nominal || down === undefined || across === undefined) return undefined;
  const kernel: Pair = [down[1] - down[0], across[1] - across[0]];
  if (kernel[0] === rows.kernel && kernel[1] === columns.kernel) return undefined;
  const [top, bottom] = padsAround(rows, down);
  const [left, right] = padsAround(columns, across);
  const padding: Pads = { top, bottom, left, right };
  const atrousRate: Pair = [kernel[0] === 1 ? 1 : rows.rate, kernel[1] === 1 ? 1 : columns.rate];
  const attrs = { ...conv.attrs, kernel, atrousRate, padding };
  const isSame = windowOutputSize(attrs, size).join() === windowOutputSize(conv.attrs, size).join();
  // A window that starts inside the map cannot be said with padding.
  if (top < 0 || left < 0 || !isSame) return undefined;
  const role = conv.kind === 'conv2d' ? 'weights' : 'depthwiseWeights';
  const { name = '', shape = [] } = conv.params[role] ?? {};
  const param = {
    name: `${name}/taps_${[...down, ...across].join('_')}`,
    shape: [...kernel, ...shape.slice(2)],
  };
  return { node: { ...conv, attrs, params: { ...conv.params, [role]: param } }, role, rows: down, columns: across };
}

function smaller(conv: Conv, size: Pair, weights: DerivedWeights): Conv {
  const cut = cutConv(conv, size);
  if (cut === undefined) return conv;
  const { node, role, rows, columns } = cut;
  weights.derive(node.params[role]?.name ?? '', () => sliceTaps(weights.of(conv, role), rows, columns));
  return node;
}

const knownSize = ([, height, width]: Shape): Pair | undefined =>
  typeof height === 'number' && typeof width === 'number' ? [height, width] : undefined;

/**
 * Cuts the taps of atrous convolutions that read nothing but padding at every position: a 3×3 convolution whose rate reaches beyond the map
 * becomes 1×1, or 3×1. Exact. Maps of open size, and layers that follow the output stride (see `fixStrides`), stay as they are.
 *
 * @throws WeightsError when a filter to be cut is missing.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587, which names this degeneration
 */
export function cutTaps({ graph, weights }: Network, options: RebuildOptions = {}): Network {
  const derived = derivedWeights(weights);
  const shapes = new Map(graph.nodes.map(({ name, shape }) => [name, shape]));
  const cut = (node: Node): Node => {
    if (node.kind !== 'conv2d' && node.kind !== 'depthwiseConv2d') return node;
    const size = knownSize(shapes.get(node.inputs[0] ?? '') ?? []);
    return size === undefined ? node : smaller(node, size, derived);
  };
  const rewritten = rewriteGraph(graph, cut, options);
  return { graph: rewritten, weights: derived.neededBy(rewritten) };
}
