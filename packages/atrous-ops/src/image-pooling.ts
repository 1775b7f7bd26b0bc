import type { GraphBuilder, Node, Pair } from '@atrous/core';
import { convBlock, type NormOptions } from './conv-block.ts';

/** A window of fixed size for {@link meanFeatures}. */
export interface PoolingWindow {
  /** Image pixels that the window covers; of a smaller image, all. */
  readonly crop: Pair;
  /** Units from one window to the next. */
  readonly stride: Pair;
}

/**
 * Means over the whole map or, as Google's networks have it, over windows as large as the image was in training.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, 1, 1, c]`; with a window `[n, h', w', c]`.
 */
export const meanFeatures = (builder: GraphBuilder, x: Node, name: string, window: PoolingWindow | undefined): Node =>
  window === undefined ? builder.globalAvgPool(x, { name }) : builder.avgPool(x, { name, padding: 'valid', ...window });

/** Options of {@link imagePooling}. */
export interface ImagePoolingOptions extends NormOptions {
  readonly name: string;
  readonly filters: number;
  /** A bias besides the normalisation. Default false. */
  readonly useBias?: boolean;
  /** Default: the whole map. */
  readonly window?: PoolingWindow | undefined;
}

/**
 * Image-level features: the mean over the whole map or over windows, a 1×1 block, spread over the map again.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h, w, filters]`, without a window the same at every position.
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.3, arXiv:1706.05587
 */
export function imagePooling(builder: GraphBuilder, x: Node, { window, ...options }: ImagePoolingOptions): Node {
  const { name } = options;
  const mean = meanFeatures(builder, x, `${name}/mean`, window);
  const features = convBlock(builder, mean, { ...options, kernel: 1 });
  // From one position every corner rule is the same, a broadcast; Google spreads windows by this one.
  return builder.resizeBilinear(features, { name: `${name}/spread`, corners: 'alignCorners', like: x });
}
