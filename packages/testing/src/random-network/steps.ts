import {
  cornerRules,
  type Activation,
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
const RATES: readonly (number | Pair)[] = [1, 1, 2, 3, 7, 18, 18, [1, 9]];

const filters = ({ random }: Draw): number => 1 + random.integer(6);

const sizeOf = ({ shape }: Node): Pair => [shape[1] as number, shape[2] as number];

function window({ random }: Draw) {
  return {
    kernel: random.pick(KERNELS),
    stride: random.chance(0.25) ? 2 : 1,
    padding: random.pick(PADDINGS),
  };
}

function dense(
  draw: Draw,
  x = draw.pick(),
  options: { readonly stride?: number; readonly kernel?: number } = {},
): Node {
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

/** Steps by the part of a DeepLab that they are taken from. */
export const steps: readonly Step[] = [
  (draw) => finish(draw, dense(draw)),
  (draw) => finish(draw, dense(draw)),
  (draw) => {
    const { builder, random, pick } = draw;
    const options = { ...window(draw), atrousRate: random.pick(RATES), multiplier: 1 + random.integer(2) };
    return finish(
      draw,
      builder.depthwiseConv2d(pick(), { name: draw.name(), useBias: random.chance(0.5), ...options }),
    );
  },
  (draw) => draw.builder.batchNorm(draw.pick(), { name: draw.name() }),
  (draw) => draw.builder.activation(draw.pick(), draw.random.pick(ACTIVATIONS)),
  (draw) => draw.builder.softmax(draw.pick(), { log: draw.random.chance(0.3) }),
  (draw) => draw.builder.dropout(draw.pick(), { rate: 0.3 }),
  (draw) => draw.builder.pad(draw.pick(), { pads: { top: 1, bottom: 0, left: 0, right: 2 } }),
  (draw) => draw.builder.maxPool(draw.pick(), { ...window(draw), padding: 'same' }),
  (draw) =>
    draw.builder.avgPool(draw.pick(), { ...window(draw), padding: 'same', countPadding: draw.random.chance(0.5) }),
  (draw) => resize(draw, draw.pick()),
  // a residual unit
  (draw) => {
    const x = draw.pick();
    const options = { name: draw.name(), filters: x.shape[3] as number, kernel: 3 };
    const sum = draw.builder.add([x, finish(draw, draw.builder.conv2d(x, options))]);
    return finish(draw, sum);
  },
  // squeeze and excitation
  (draw) => {
    const x = draw.pick();
    const options = { name: draw.name(), filters: x.shape[3] as number, kernel: 1, useBias: true };
    return draw.builder.multiply(x, draw.builder.conv2d(draw.builder.globalAvgPool(x), options));
  },
  // a pooled branch beside others, and their projection
  (draw) => {
    const x = draw.pick();
    const branches = draw.random.chance(0.5)
      ? [x, pooledBranch(draw, x)]
      : [pooledBranch(draw, x), x, partner(draw, x)];
    const same = branches.filter((branch) => sizeOf(branch).join() === sizeOf(x).join());
    return finish(draw, dense(draw, draw.builder.concat(same), { kernel: 1, stride: 1 }));
  },
  // a decoder: what was small enlarged beside what was large
  (draw) => {
    const x = draw.pick();
    const enlarged = resizeLike(draw, smaller(draw, x), x);
    const inputs = draw.random.pick([
      [x, enlarged],
      [enlarged, x],
      [enlarged, x, resizeLike(draw, draw.pick(), x)],
      [enlarged, resizeLike(draw, smaller(draw, x), x)],
    ]);
    return finish(draw, dense(draw, draw.builder.concat(inputs), { stride: 1 }));
  },
  // a classifier at full size
  (draw) => {
    const x = draw.pick();
    const enlarged = draw.random.chance(0.5) ? resize(draw, x) : resizeLike(draw, smaller(draw, x), x);
    const y = dense(draw, enlarged, { stride: 1, kernel: draw.random.pick([1, 1, 3]) });
    return draw.random.chance(0.5) ? y : finish(draw, y);
  },
  // padding as a node of its own
  (draw) => {
    const padded = draw.builder.pad(draw.pick(), { pads: { top: 1, bottom: 0, left: 0, right: 2 } });
    return finish(draw, dense(draw, padded));
  },
];
