import {
  cornerRules,
  type Activation,
  type ConvOptions,
  type GraphBuilder,
  type Node,
  type Padding,
  type Pair,
  type Random,
} from '@atrous/core';

/** What a step is given: somewhere to add nodes, nodes to read, and chance. */
export interface Draw {
  readonly builder: GraphBuilder;
  readonly random: Random;
  /** An earlier node, rather a late one. */
  readonly pick: () => Node;
  /** A name that no node has. */
  readonly name: () => string;
}

/** Adds one node or a few that often go together. The last one is returned. */
export type Step = (draw: Draw) => Node;

const ACTIVATIONS: readonly Activation[] = [
  'relu',
  'relu6',
  'leakyRelu',
  'hardSwish',
  'hardSigmoid',
  'sigmoid',
  'silu',
];
const KERNELS: readonly (number | Pair)[] = [1, 1, 2, 3, 3, 3, [3, 1], [1, 2]];
const PADDINGS: readonly Padding[] = ['same', 'symmetric', 'valid', { top: 2, bottom: 0, left: 1, right: 3 }];
const RATES: readonly (number | Pair)[] = [1, 2, 3, 7, 18, 18, 18, [1, 9]];

const POINTWISE = { kernel: 1, stride: 1, padding: 'same' } as const;

const filters = ({ random }: Draw): number => 1 + random.integer(6);

const sizeOf = ({ shape }: Node): Pair => [shape[1] as number, shape[2] as number];

function window({ random }: Draw) {
  return {
    kernel: random.pick(KERNELS),
    stride: random.chance(0.25) ? 2 : 1,
    padding: random.pick(PADDINGS),
  };
}

function dense(draw: Draw, x = draw.pick(), options: Partial<ConvOptions> = {}): Node {
  const { builder, random } = draw;
  const useBias = random.chance(0.5);
  const rest = { name: draw.name(), filters: filters(draw), useBias, ...options };
  return builder.conv2d(x, { ...window(draw), atrousRate: random.pick(RATES), ...rest });
}

/** As it is, or with a norm, an activation, or both behind it. */
function finish(draw: Draw, x: Node): Node {
  const { builder, random } = draw;
  const norm = random.chance(0.5) ? builder.batchNorm(x, { name: draw.name(), epsilon: random.pick([1e-3, 0.1]) }) : x;
  return random.chance(0.5) ? builder.activation(norm, random.pick(ACTIVATIONS)) : norm;
}

function resize({ builder, random, pick }: Draw, x: Node): Node {
  const corners = random.pick(cornerRules);
  const kind = random.integer(3);
  if (kind === 0) return builder.resizeBilinear(x, { corners, like: pick() });
  if (kind === 1) return builder.resizeBilinear(x, { corners, scale: random.pick([0.5, 1.5, 2, [2, 1.25]] as const) });
  return builder.resizeBilinear(x, { corners, size: [1 + random.integer(13), 1 + random.integer(13)] });
}

const resizeLike = ({ builder, random }: Draw, x: Node, like: Node): Node =>
  builder.resizeBilinear(x, { corners: random.pick(cornerRules), like });

/** A node of the same size, brought to it if need be. */
function partner(draw: Draw, x: Node): Node {
  const other = draw.pick();
  return sizeOf(other).join() === sizeOf(x).join() ? other : resizeLike(draw, other, x);
}

/** What a strided layer leaves of a map. */
const smaller = (draw: Draw, x: Node): Node =>
  finish(draw, draw.builder.maxPool(x, { kernel: 3, stride: 2 + draw.random.integer(2), padding: 'same' }));

/** What the mean of the whole map becomes, spread over the map again. */
function pooledBranch(draw: Draw, x: Node): Node {
  const pooled = finish(draw, dense(draw, draw.builder.globalAvgPool(x), { kernel: 1, stride: 1 }));
  return sizeOf(pooled).join() === '1,1' ? resizeLike(draw, pooled, x) : pooled;
}

/** Lets most layers of a network with an output stride follow it; some have the rate of another layer. */
function nominal({ builder, random, pick }: Draw) {
  if (builder.outputStride === null || random.chance(0.25)) return {};
  const from = random.integer(4);
  const densityOf = from === 0 ? pick() : from === 1 ? ('self' as const) : undefined;
  return { nominal: true, stride: random.pick([1, 2, 2]), densityOf };
}

const layer = (draw: Draw, x = draw.pick()): Node => finish(draw, dense(draw, x, nominal(draw)));

/** Where the first layer has lost its stride, the second has a rate for it. */
const twoLayers: Step = (draw) => layer(draw, layer(draw));

const depthwise: Step = (draw) => {
  const { builder, random, pick } = draw;
  const options = {
    ...window(draw),
    ...nominal(draw),
    atrousRate: random.pick(RATES),
    multiplier: 1 + random.integer(2),
  };
  return finish(draw, builder.depthwiseConv2d(pick(), { name: draw.name(), useBias: random.chance(0.5), ...options }));
};

const maxPool: Step = (draw) => {
  const { builder, random, pick } = draw;
  const rule = nominal(draw);
  const goesWithStride = 'nominal' in rule && random.chance(0.5);
  return builder.maxPool(pick(), { name: draw.name(), ...window(draw), ...rule, goesWithStride, padding: 'same' });
};

const avgPool: Step = (draw) => {
  const { builder, random, pick } = draw;
  const options = { ...window(draw), ...nominal(draw), padding: 'same' as const, countPadding: random.chance(0.5) };
  return builder.avgPool(pick(), { name: draw.name(), ...options });
};

/** What is added may be read again. */
const residualUnit: Step = (draw) => {
  const { builder, random, pick } = draw;
  const x = pick();
  const residual = finish(draw, builder.conv2d(x, { name: draw.name(), filters: x.shape[3] as number, kernel: 3 }));
  const sum = finish(draw, builder.add([x, residual]));
  return random.chance(0.25) ? builder.maximum([sum, residual]) : sum;
};

const squeezeAndExcitation: Step = (draw) => {
  const x = draw.pick();
  const options = { name: draw.name(), filters: x.shape[3] as number, kernel: 1, useBias: true };
  return draw.builder.multiply(x, draw.builder.conv2d(draw.builder.globalAvgPool(x), options));
};

/** A pooled branch beside others, and their projection. */
const pyramid: Step = (draw) => {
  const x = draw.pick();
  const branches = draw.random.chance(0.5) ? [x, pooledBranch(draw, x)] : [pooledBranch(draw, x), x, partner(draw, x)];
  const same = branches.filter((branch) => sizeOf(branch).join() === sizeOf(x).join());
  return finish(draw, dense(draw, draw.builder.concat(same), POINTWISE));
};

/** What was small enlarged beside what was large. */
const decoder: Step = (draw) => {
  const x = draw.pick();
  const enlarged = resizeLike(draw, smaller(draw, x), x);
  const inputs = draw.random.pick([
    [x, enlarged],
    [enlarged, x],
    [enlarged, x, resizeLike(draw, draw.pick(), x)],
    [enlarged, resizeLike(draw, smaller(draw, x), x)],
  ]);
  return finish(draw, dense(draw, draw.builder.concat(inputs), { stride: 1 }));
};

const classifierAtFullSize: Step = (draw) => {
  const x = draw.pick();
  const enlarged = draw.random.chance(0.3) ? resize(draw, x) : resizeLike(draw, smaller(draw, x), x);
  const y = dense(draw, enlarged, POINTWISE);
  return draw.random.chance(0.5) ? y : finish(draw, y);
};

const pad = (draw: Draw, options: { readonly nominal?: boolean } = {}): Node =>
  draw.builder.pad(draw.pick(), { pads: { top: 1, bottom: 0, left: 0, right: 2 }, nominal: options.nominal ?? false });

/** Padding as a node of its own. */
const paddedConv: Step = (draw) => finish(draw, dense(draw, pad(draw)));

/** Every step, as often as it is to be likely. */
export const steps: readonly Step[] = [
  (draw) => layer(draw),
  twoLayers,
  depthwise,
  maxPool,
  avgPool,
  residualUnit,
  residualUnit,
  squeezeAndExcitation,
  pyramid,
  pyramid,
  decoder,
  classifierAtFullSize,
  classifierAtFullSize,
  paddedConv,
  paddedConv,
  (draw) => draw.builder.batchNorm(draw.pick(), { name: draw.name() }),
  (draw) => draw.builder.activation(draw.pick(), draw.random.pick(ACTIVATIONS)),
  (draw) => draw.builder.softmax(draw.pick(), { log: draw.random.chance(0.3) }),
  (draw) => draw.builder.dropout(draw.pick(), { rate: 0.3 }),
  (draw) => pad(draw, nominal(draw)),
  (draw) => resize(draw, draw.pick()),
];
