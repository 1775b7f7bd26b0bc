import type { GraphBuilder, Node } from '@atrous/core';
import { convBlock, depthwiseBlock, type BlockOptions } from './conv-block.ts';

/** Options of {@link separableBlock}. */
export interface SeparableBlockOptions extends BlockOptions {
  readonly filters: number;
  /** Whether normalisation and activation follow the depthwise half too. Default true; VainF's have none there. */
  readonly depthwiseNorm?: boolean;
}

/**
 * Atrous separable convolution: a depthwise block at the rate, then a 1×1 block that mixes channels.
 *
 * Costs about `1 / filters + 1 / kernel²` of the plain convolution. Parts are called `name/depthwise` and `name/pointwise`.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h', w', filters]`.
 * @see Chen et al. 2018, "Encoder-Decoder with Atrous Separable Convolution", §3.1, arXiv:1802.02611
 */
export function separableBlock(builder: GraphBuilder, x: Node, options: SeparableBlockOptions): Node {
  const { name, filters, norm, epsilon, useBias = false, activation = 'relu', depthwiseNorm = true, ...rest } = options;
  const depthwise = `${name}/depthwise`;
  const spatial = depthwiseNorm
    ? depthwiseBlock(builder, x, { ...options, name: depthwise })
    : builder.depthwiseConv2d(x, { ...rest, useBias, name: depthwise });
  return convBlock(builder, spatial, {
    name: `${name}/pointwise`,
    filters,
    kernel: 1,
    norm,
    epsilon,
    useBias,
    activation,
  });
}
