import type { ConvOptions, GraphBuilder, Node } from '@atrous/core';

/**
 * Convolution with a bias, then ReLU: the unit of networks from before batch normalisation.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h', w', filters]`; the node of the convolution is called `name`, so its parameters are `name/weights` and `name/biases`.
 */
export const convRelu = (
  builder: GraphBuilder,
  x: Node,
  options: Omit<ConvOptions, 'useBias'> & { readonly filters: number },
): Node =>
  builder.activation(builder.conv2d(x, { ...options, useBias: true }), 'relu', { name: `${options.name}/relu` });
