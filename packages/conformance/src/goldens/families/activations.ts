import type { Activation, GraphBuilder, Node, Tensor } from '@atrous/core';
import { defineFamily } from '../op-family.ts';

const activation =
  (fn: Activation) =>
  (b: GraphBuilder, x: Node): Node =>
    b.activation(x, fn);

const FUNCTIONS: Readonly<Record<string, (b: GraphBuilder, x: Node) => Node>> = {
  relu: activation('relu'),
  relu6: activation('relu6'),
  leaky_relu_0_1: activation('leakyRelu'),
  hardswish: activation('hardSwish'),
  hardsigmoid: activation('hardSigmoid'),
  sigmoid: activation('sigmoid'),
  silu: activation('silu'),
  softmax_last_axis: (b, x) => b.softmax(x),
  log_softmax_last_axis: (b, x) => b.softmax(x, { log: true }),
};

/** The goldens are matrices: their rows become pixels, their columns channels. */
const asImage = ({ shape: [rows = 1, columns = 1], data }: Tensor): Tensor => ({ shape: [1, rows, 1, columns], data });

export const activations = defineFamily(({ id }, tensors) => {
  const build = FUNCTIONS[id];
  if (build === undefined) return { skip: `no activation "${id}"` };
  return {
    build,
    input: asImage(tensors.get('x')),
    expected: asImage(tensors.get('y')),
    ...(tensors.has('gy') && { outputGradient: asImage(tensors.get('gy')) }),
  };
});
