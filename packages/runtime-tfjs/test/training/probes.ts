import {
  cornerRules,
  createGraphBuilder,
  type Activation,
  type Graph,
  type GraphBuilder,
  type Node,
  type Tensor,
} from '@atrous/core';
import { generateTensor } from '@atrous/testing';
import { weightsOf } from './small-network.ts';

/** A small network whose gradients are checked. */
export interface Probe {
  readonly name: string;
  readonly graph: Graph;
  readonly image: Tensor;
  readonly weights: ReadonlyMap<string, Tensor>;
}

const ACTIVATIONS: readonly Activation[] = [
  ...(['linear', 'relu', 'relu6', 'leakyRelu', 'hardSwish', 'hardSigmoid', 'sigmoid', 'silu'] as const),
];

/** A probe of one op on an image of this shape, with values within ±`scale`. */
export function probe(
  name: string,
  build: (b: GraphBuilder, image: Node) => Node,
  shape: readonly number[] = [2, 7, 9, 3],
  scale = 1,
): Probe {
  const b = createGraphBuilder();
  const graph = b.build({ y: build(b, b.input({ shape })) });
  return {
    name,
    graph,
    image: generateTensor({ name: `image of ${name}`, shape, offset: 0, scale }),
    weights: weightsOf(graph),
  };
}

const window = { kernel: 3, padding: { top: 1, bottom: 0, left: 2, right: 1 } } as const;

/** One for every op kind, and for each of its ways to do things. */
export const probes: readonly Probe[] = [
  ...[
    { kernel: 3 },
    { kernel: 3, atrousRate: 2 },
    { kernel: 3, stride: 2 },
    { kernel: 2, stride: 2, padding: 'valid' as const },
    { kernel: 3, stride: 2, atrousRate: 2, padding: 'symmetric' as const },
    { kernel: [1, 3] as const, stride: [1, 2] as const, atrousRate: [3, 1] as const },
    { kernel: 1, stride: 2 },
    { kernel: 3, padding: { top: 4, bottom: 0, left: 3, right: 5 } },
  ].flatMap((options) => [
    probe(`conv2d ${JSON.stringify(options)}`, (b, x) =>
      b.conv2d(x, { name: 'c', filters: 4, useBias: true, ...options }),
    ),
    probe(`depthwiseConv2d ${JSON.stringify(options)}`, (b, x) =>
      b.depthwiseConv2d(x, { name: 'c', multiplier: 2, useBias: true, ...options }),
    ),
  ]),
  ...ACTIVATIONS.map((fn) => probe(fn, (b, x) => b.activation(x, fn), undefined, 7)),
  probe('batchNorm', (b, x) => b.batchNorm(x, { name: 'bn' })),
  probe('softmax', (b, x) => b.softmax(x)),
  probe('log softmax', (b, x) => b.softmax(x, { log: true })),
  probe('add', (b, x) => b.add([b.activation(x, 'sigmoid'), x, x])),
  probe('maximum', (b, x) => b.maximum([b.conv2d(x, { name: 'c', filters: 3, kernel: 1 }), x])),
  probe('add one value per channel', (b, x) => b.add([x, b.globalAvgPool(b.activation(x, 'sigmoid'))])),
  probe('multiply', (b, x) => b.multiply(b.activation(x, 'sigmoid'), x)),
  probe('multiply by one value per channel', (b, x) => b.multiply(x, b.globalAvgPool(b.activation(x, 'sigmoid')))),
  probe('concat', (b, x) => b.concat([x, b.activation(x, 'sigmoid'), x])),
  probe('maxPool', (b, x) => b.maxPool(x, { ...window, stride: 2 })),
  probe('maxPool rounded up', (b, x) => b.maxPool(x, { kernel: 2, stride: 2, padding: 'valid', rounding: 'ceil' })),
  probe('avgPool', (b, x) => b.avgPool(x, { ...window, stride: 2 })),
  probe('avgPool with padding counted', (b, x) => b.avgPool(x, { ...window, stride: 2, countPadding: true })),
  probe('avgPool rounded up', (b, x) => b.avgPool(x, { kernel: 3, stride: 3, padding: 'valid', rounding: 'ceil' })),
  probe('globalAvgPool', (b, x) => b.globalAvgPool(x)),
  probe('adaptiveAvgPool', (b, x) => b.adaptiveAvgPool(x, { bins: [2, 4] })),
  ...cornerRules.flatMap((corners) => [
    probe(`resizeBilinear ${corners}`, (b, x) => b.resizeBilinear(x, { corners, size: [12, 5] })),
    probe(`resizeBilinear ${corners} by a factor`, (b, x) => b.resizeBilinear(x, { corners, scale: [1.7, 0.6] })),
  ]),
  probe('resizeBilinear like another', (b, x) =>
    b.resizeBilinear(b.avgPool(x, { kernel: 2, stride: 2 }), { corners: 'halfPixel', like: x }),
  ),
  probe('pad', (b, x) => b.pad(x, { pads: { top: 1, bottom: 2, left: 0, right: 3 } })),
  probe('depthToSpace crr', (b, x) => b.depthToSpace(x, { blockSize: 2, order: 'crr' }), [1, 3, 2, 12]),
  probe('depthToSpace rrc', (b, x) => b.depthToSpace(x, { blockSize: 2, order: 'rrc' }), [1, 3, 2, 12]),
  probe('dropout', (b, x) => b.dropout(x, { rate: 0.5 })),
  probe('shared parameters', (b, x) => {
    const first = b.conv2d(x, { name: 'c', filters: 3, kernel: 3, atrousRate: 2 });
    return b.conv2d(b.activation(first, 'sigmoid'), { name: 'd', filters: 3, kernel: 3, shareWith: 'c' });
  }),
];
