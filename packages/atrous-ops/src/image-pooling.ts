import type { GraphBuilder, Node } from '@atrous/core';
import { convBlock, type NormOptions } from './conv-block.ts';

/** Options of {@link imagePooling}. */
export interface ImagePoolingOptions extends NormOptions {
  readonly name: string;
  readonly filters: number;
  /** A bias besides the normalisation. Default false. */
  readonly useBias?: boolean;
}

/**
 * Image-level features: the mean over the whole map, a 1×1 block, spread over the map again.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h, w, filters]`, the same at every position.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587
 */
export function imagePooling(builder: GraphBuilder, x: Node, options: ImagePoolingOptions): Node {
  const { name } = options;
  const mean = builder.globalAvgPool(x, { name: `${name}/mean` });
  const features = convBlock(builder, mean, { ...options, kernel: 1 });
  // From one position every corner rule is the same: a broadcast.
  return builder.resizeBilinear(features, { name: `${name}/spread`, corners: 'alignCorners', like: x });
}
