import type { Activation, ConvOptions, GraphBuilder, Node } from '@atrous/core';

/** How convolutions are normalised, for a whole backbone or head. */
export interface NormOptions {
  /**
   * `batch`: batch normalisation after each convolution. `folded`: none, the convolution has a bias instead, as in networks
   * exported for inference, whose normalisation was multiplied into the filters.
   */
  readonly norm: 'batch' | 'folded';
  /** Added to the variance; travels with the checkpoint (TensorFlow backbones 1e-3, DeepLab heads and PyTorch 1e-5). */
  readonly epsilon: number;
}

/** Options of {@link convBlock} and {@link depthwiseBlock}. */
export interface BlockOptions extends Omit<ConvOptions, 'shareWith'>, NormOptions {
  /** Default `relu`. */
  readonly activation?: Activation;
}

function normalize(
  builder: GraphBuilder,
  conv: Node,
  { name, norm, epsilon, activation = 'relu' }: BlockOptions,
): Node {
  const normalized = norm === 'batch' ? builder.batchNorm(conv, { name: `${name}/BatchNorm`, epsilon }) : conv;
  return activation === 'linear'
    ? normalized
    : builder.activation(normalized, activation, { name: `${name}/${activation}` });
}

const convOptions = ({ norm, useBias = false, ...options }: BlockOptions): ConvOptions => ({
  ...options,
  useBias: useBias || norm === 'folded',
});

/**
 * Convolution, normalisation, activation: the unit that every DeepLab is made of.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h', w', filters]`; the node of the convolution is called `name`, so its parameters are `name/weights`, `name/BatchNorm/gamma`, …
 */
export const convBlock = (builder: GraphBuilder, x: Node, options: BlockOptions & { readonly filters: number }): Node =>
  normalize(builder, builder.conv2d(x, { ...convOptions(options), filters: options.filters }), options);

/** Like {@link convBlock}, with one filter per channel. */
export const depthwiseBlock = (builder: GraphBuilder, x: Node, options: BlockOptions): Node =>
  normalize(builder, builder.depthwiseConv2d(x, convOptions(options)), options);
