import { checkParams } from './check-params.ts';
import { customOp, customParams } from './custom-op.ts';
import { ShapeError } from './errors.ts';
import { inferShape } from './infer-shape.ts';
import { paramsOf } from './op-params.ts';
import type {
  Activation,
  CornerRule,
  Graph,
  Json,
  Node,
  OpAttrs,
  OpKind,
  Padding,
  Pads,
  Pair,
  ResizeTarget,
  Shape,
} from './ops.ts';
import { placeNode, type Placement } from './output-stride.ts';
import type { Feature, OpDefinition } from './plugins.ts';

interface Named {
  /** Last part of the node's name; the builder's scope goes in front. */
  readonly name: string;
}

interface Optional {
  /** Derived from the op when absent. */
  readonly name?: string;
}

/** Options of window ops. Numbers mean the same along both axes. */
export interface WindowOptions {
  readonly kernel: number | Pair;
  /** Default 1. */
  readonly stride?: number | Pair;
  /** Default `same`. */
  readonly padding?: Padding;
  /**
   * Stride and rate are those of the classification network; the builder's output stride decides the real ones. Default false.
   * Nominal strides are square.
   */
  readonly nominal?: boolean;
  /** Take the rate factor at this node (or at this very node: `'self'`) instead of at the input. Only with `nominal`. */
  readonly densityOf?: Node | 'self' | undefined;
}

export interface PoolOptions extends WindowOptions, Optional {
  /** Default `floor`. */
  readonly rounding?: 'floor' | 'ceil';
  /** Without its stride the window is 1×1, as if the layer were not there. Default false: it stays. Only with `nominal`. */
  readonly goesWithStride?: boolean;
}

export interface ConvOptions extends WindowOptions, Named {
  /** Default 1. With `nominal` it may be a fraction, as long as the rate that follows from the output stride is whole. */
  readonly atrousRate?: number | Pair;
  /** Default false. */
  readonly useBias?: boolean;
  /** Node name whose parameters this one shares. */
  readonly shareWith?: string;
}

/** The window is `kernel` units, or as many as an image of `crop` pixels has where the input stands, whatever the output stride. */
export type AvgPoolOptions = Omit<PoolOptions, 'kernel'> & {
  /** Default false. */
  readonly countPadding?: boolean;
} & ({ readonly kernel: number | Pair } | { readonly crop: number | Pair; readonly nominal?: never });

const pair = (value: number | Pair): Pair => (typeof value === 'number' ? [value, value] : value);

function positive(values: Pair, what: string): Pair {
  for (const value of values)
    if (!Number.isInteger(value) || value < 1)
      throw new ShapeError(`${what} must be whole and at least 1, got ${value}`);
  return values;
}

/** A node whose shape is still to be inferred. */
export type Unplaced = Pick<Node, 'kind' | 'name' | 'inputs' | 'attrs' | 'params'>;

/** The node that a node has its rate from, where that is not its input. */
const densityOf = ({ attrs }: Pick<Node, 'attrs'>): string | undefined =>
  'nominal' in attrs ? attrs.nominal?.densityOf : undefined;

/** Adds nodes to a graph under construction. Made by {@link createGraphBuilder}. */
export interface GraphBuilder {
  /** The output stride that nominal layers are resolved at; `null` keeps every stride. */
  readonly outputStride: number | null;
  /** A view of this builder that puts `name/` in front of every node name. */
  scope(name: string): GraphBuilder;
  /** The image. Default shape `[null, null, null, 3]`. */
  input(options?: { readonly name?: string; readonly shape?: Shape }): Node;
  conv2d(x: Node, options: ConvOptions & { readonly filters: number }): Node;
  depthwiseConv2d(x: Node, options: ConvOptions & { readonly multiplier?: number }): Node;
  /** Default epsilon 1e-3, momentum 0.99. */
  batchNorm(
    x: Node,
    options: Named & { readonly epsilon?: number; readonly momentum?: number; readonly shareWith?: string },
  ): Node;
  activation(x: Node, fn: Activation, options?: Optional): Node;
  softmax(x: Node, options?: Optional & { readonly log?: boolean }): Node;
  add(inputs: readonly Node[], options?: Optional): Node;
  maximum(inputs: readonly Node[], options?: Optional): Node;
  multiply(x: Node, factor: Node, options?: Optional): Node;
  concat(inputs: readonly Node[], options?: Optional): Node;
  maxPool(x: Node, options: PoolOptions): Node;
  avgPool(x: Node, options: AvgPoolOptions): Node;
  globalAvgPool(x: Node, options?: Optional): Node;
  adaptiveAvgPool(x: Node, options: Optional & { readonly bins: number | Pair }): Node;
  /** Resizes to `like`'s size, to `size`, or by `scale`. Exactly one of them. */
  resizeBilinear(
    x: Node,
    options: Optional & {
      readonly corners: CornerRule;
      readonly like?: Node;
      readonly size?: Pair;
      readonly scale?: number | Pair;
    },
  ): Node;
  /** Zeros on all sides; with `nominal`, as many times more as the map is denser. */
  pad(
    x: Node,
    options: Optional & { readonly pads: Pads; readonly nominal?: boolean; readonly densityOf?: Node | undefined },
  ): Node;
  depthToSpace(x: Node, options: Optional & { readonly blockSize: number; readonly order: 'crr' | 'rrc' }): Node;
  dropout(x: Node, options: Optional & { readonly rate: number }): Node;
  argMax(x: Node, options?: Optional): Node;
  custom(op: OpDefinition, inputs: readonly Node[], options: Named & { readonly options?: Json }): Node;
  /** Adds a node as it stands, resolving nominal attributes and its shape anew. The way passes rebuild a graph. */
  addNode(node: Unplaced): Node;
  /** Image pixels between neighbouring units of a node. */
  strideOf(node: Node): number;
  /** Wraps a node as a backbone feature, with its strides and channels. */
  feature(node: Node): Feature;
  /**
   * The finished graph, without nodes that no output needs.
   *
   * @throws ShapeError when there is no output.
   */
  build(outputs: Readonly<Record<string, Node>>): Graph;
}

interface State {
  readonly nodes: Map<string, Node>;
  readonly placed: Map<string, Placement>;
  readonly ops: Map<string, OpDefinition>;
}

function uniqueName(wanted: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(wanted)) return wanted;
  for (let i = 1; ; i++) if (!taken.has(`${wanted}_${i}`)) return `${wanted}_${i}`;
}

function resizeTarget(options: { like?: Node; size?: Pair; scale?: number | Pair }, name: string): ResizeTarget {
  const given = [options.like, options.size, options.scale].filter((value) => value !== undefined);
  if (given.length !== 1) throw new ShapeError(`resizeBilinear "${name}" needs exactly one of like, size, scale`);
  if (options.size !== undefined) return { kind: 'size', size: positive(options.size, `size of "${name}"`) };
  if (options.scale !== undefined) return { kind: 'scale', factor: pair(options.scale) };
  return { kind: 'like' };
}

/** Nodes that outputs need, in their order: for their values, or for the rates of those. */
export function liveNodes(nodes: ReadonlyMap<string, Node>, outputs: Iterable<string>): readonly Node[] {
  const live = new Set<string>();
  const visit = (name: string): void => {
    if (live.has(name)) return;
    live.add(name);
    const node = nodes.get(name);
    if (node === undefined) return;
    const rateFrom = densityOf(node);
    [...node.inputs, ...(rateFrom === undefined ? [] : [rateFrom])].forEach(visit);
  };
  for (const output of outputs) visit(output);
  return [...nodes.values()].filter((node) => live.has(node.name));
}

/** A window over a crop is at most the whole map, where its size is known. */
function withinMap(attrs: OpAttrs['avgPool'], [, height, width]: Shape = []): OpAttrs['avgPool'] {
  if (attrs.crop === undefined) return attrs;
  const [rows, columns] = attrs.kernel;
  return { ...attrs, kernel: [Math.min(rows, height ?? rows), Math.min(columns, width ?? columns)] };
}

function createView(state: State, prefix: string, outputStride: number | null): GraphBuilder {
  const { nodes, placed, ops } = state;
  const placementOf = (name: string): Placement => placed.get(name) ?? { stride: 1, density: 1 };

  const put: GraphBuilder['addNode'] = (node) => {
    if (nodes.has(node.name)) throw new ShapeError(`two nodes are called "${node.name}"`);
    const inputs = node.inputs.map((input) => {
      const found = nodes.get(input);
      if (found === undefined) throw new ShapeError(`"${node.name}" reads "${input}", which is not in this graph`);
      return found.shape;
    });
    const rateFrom = densityOf(node);
    if (rateFrom !== undefined && rateFrom !== node.name && !nodes.has(rateFrom))
      throw new ShapeError(`"${node.name}" has its rate from "${rateFrom}", which is not in this graph`);
    const { attrs: resolved, placement } = placeNode(node, placementOf, outputStride);
    const attrs = node.kind === 'avgPool' ? withinMap(resolved as OpAttrs['avgPool'], inputs[0]) : resolved;
    const shape =
      node.kind === 'custom'
        ? customOp(ops, node.attrs as OpAttrs['custom'], node.name).inferShape(
            inputs,
            (node.attrs as OpAttrs['custom']).options,
          )
        : inferShape(node.kind, attrs as never, inputs, node.name);
    checkParams(node, attrs, inputs, ops);
    const added = Object.freeze({ ...node, attrs, shape }) as Node;
    nodes.set(node.name, added);
    placed.set(node.name, placement);
    return added;
  };

  const make = <K extends OpKind>(
    kind: K,
    inputs: readonly Node[],
    attrs: OpAttrs[K],
    name: string | undefined,
    shareWith?: string,
  ): Node => {
    const full = name === undefined ? uniqueName(`${prefix}${kind}`, nodes) : `${prefix}${name}`;
    const shapes = inputs.map((input) => input.shape);
    const params = paramsOf(kind, attrs, shapes, shareWith ?? full);
    return put({
      kind,
      name: full,
      inputs: inputs.map((input) => input.name),
      attrs,
      params,
    });
  };

  const windowAttrs = (
    options: WindowOptions & Pick<PoolOptions, 'name' | 'goesWithStride'>,
    atrousRate: Pair = [1, 1],
  ) => {
    const strides = positive(pair(options.stride ?? 1), 'stride');
    const kernel = positive(pair(options.kernel), 'kernel');
    const self = options.name === undefined ? undefined : `${prefix}${options.name}`;
    const rateFrom = options.densityOf === 'self' ? self : options.densityOf?.name;
    const nominal = options.nominal
      ? {
          stride: strides[0],
          atrousRate,
          ...(rateFrom !== undefined && { densityOf: rateFrom }),
          ...(options.goesWithStride && { stridedKernel: kernel }),
        }
      : undefined;
    return { kernel, strides, padding: options.padding ?? ('same' as const), ...(nominal && { nominal }) };
  };

  const convAttrs = (options: ConvOptions) => {
    const given = pair(options.atrousRate ?? 1);
    const atrousRate = options.nominal ? given : positive(given, `rate of "${options.name}"`);
    return {
      ...windowAttrs(options, atrousRate),
      atrousRate,
      useBias: options.useBias ?? false,
      activation: 'linear' as const,
    };
  };

  return {
    outputStride,
    scope: (name) => createView(state, `${prefix}${name}/`, outputStride),
    input: (options = {}) =>
      make('input', [], { shape: options.shape ?? [null, null, null, 3] }, options.name ?? 'image'),
    conv2d: (x, options) =>
      make('conv2d', [x], { ...convAttrs(options), filters: options.filters }, options.name, options.shareWith),
    depthwiseConv2d: (x, options) =>
      make(
        'depthwiseConv2d',
        [x],
        { ...convAttrs(options), multiplier: options.multiplier ?? 1 },
        options.name,
        options.shareWith,
      ),
    batchNorm: (x, { name, epsilon = 1e-3, momentum = 0.99, shareWith }) =>
      make('batchNorm', [x], { epsilon, momentum }, name, shareWith),
    activation: (x, fn, options) => make('activation', [x], { fn }, options?.name ?? undefined),
    softmax: (x, options) => make('softmax', [x], { log: options?.log ?? false }, options?.name),
    add: (inputs, options) => make('add', inputs, { activation: 'linear' }, options?.name),
    maximum: (inputs, options) => make('maximum', inputs, {}, options?.name),
    multiply: (x, factor, options) => make('multiply', [x, factor], {}, options?.name),
    concat: (inputs, options) => make('concat', inputs, {}, options?.name),
    maxPool: (x, options) =>
      make('maxPool', [x], { ...windowAttrs(options), rounding: options.rounding ?? 'floor' }, options.name),
    avgPool(x, { rounding = 'floor', countPadding = false, ...options }) {
      // With a crop the kernel follows when the node is placed.
      const window = 'crop' in options ? { ...options, kernel: 1 } : options;
      const crop = 'crop' in options ? { crop: positive(pair(options.crop), 'crop') } : {};
      return make('avgPool', [x], { ...windowAttrs(window), rounding, countPadding, ...crop }, options.name);
    },
    globalAvgPool: (x, options) => make('globalAvgPool', [x], {}, options?.name),
    adaptiveAvgPool: (x, { name, bins }) =>
      make('adaptiveAvgPool', [x], { bins: positive(pair(bins), 'number of bins') }, name),
    resizeBilinear(x, options) {
      const target = resizeTarget(options, options.name ?? x.name);
      return make(
        'resizeBilinear',
        options.like ? [x, options.like] : [x],
        { target, corners: options.corners },
        options.name,
      );
    },
    pad: (x, { name, pads, nominal, densityOf }) =>
      make(
        'pad',
        [x],
        { pads, ...(nominal && { nominal: { pads, ...(densityOf && { densityOf: densityOf.name }) } }) },
        name,
      ),
    depthToSpace: (x, { name, blockSize, order }) => make('depthToSpace', [x], { blockSize, order }, name),
    dropout: (x, { name, rate }) => make('dropout', [x], { rate }, name),
    argMax: (x, options) => make('argMax', [x], {}, options?.name),
    custom(op, inputs, { name, options = {} }) {
      ops.set(op.name, op);
      const full = `${prefix}${name}`;
      const attrs = { op: op.name, options };
      const shapes = inputs.map((input) => input.shape);
      return put({
        kind: 'custom',
        name: full,
        inputs: inputs.map((input) => input.name),
        attrs,
        params: customParams(op, attrs, shapes, full),
      });
    },
    addNode: put,
    strideOf: (node) => placementOf(node.name).stride,
    feature(node) {
      const { stride, density } = placementOf(node.name);
      return { node, stride, nominalStride: stride * density, channels: node.shape[3] ?? 0 };
    },
    build(outputs) {
      const entries = Object.entries(outputs);
      if (entries.length === 0) throw new ShapeError('a graph needs at least one output');
      const names = Object.fromEntries(entries.map(([name, node]) => [name, node.name]));
      return Object.freeze({ nodes: liveNodes(nodes, Object.values(names)), outputs: names, outputStride });
    },
  };
}

/**
 * Starts a graph.
 *
 * @param options.outputStride stride at which nominal layers stop shrinking the map and spread their rates instead; absent keeps every stride.
 * @param options.ops definitions of custom ops, when nodes are added with `addNode`.
 */
export function createGraphBuilder(
  options: { readonly outputStride?: number | null; readonly ops?: readonly OpDefinition[] | undefined } = {},
): GraphBuilder {
  const ops = new Map((options.ops ?? []).map((op) => [op.name, op]));
  return createView({ nodes: new Map(), placed: new Map(), ops }, '', options.outputStride ?? null);
}
