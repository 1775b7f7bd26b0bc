import { convBlock, depthwiseBlock, type NormOptions } from '@atrous/atrous-ops';
import type { Activation, GraphBuilder, Node } from '@atrous/core';

/** Options of {@link xceptionSeparable}. */
export interface XceptionSeparableOptions extends NormOptions {
  readonly name: string;
  readonly filters: number;
  /** Nominal stride of the depthwise convolution. Default 1. */
  readonly stride?: number;
  /** Node whose density decides the rate, when it is not the input. */
  readonly densityOf?: Node | undefined;
  /** After the depthwise convolution. Default `linear`. */
  readonly depthwiseActivation?: Activation;
  /** After the 1×1 convolution. Default `linear`. */
  readonly activation?: Activation;
}

/**
 * Separable convolution of the aligned Xception: 3×3 depthwise and 1×1, each with its normalisation.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, h', w', filters]`; parts are called `name/depthwise` and `name/pointwise`.
 */
export function xceptionSeparable(builder: GraphBuilder, x: Node, options: XceptionSeparableOptions): Node {
  const { name, filters, norm, epsilon, depthwiseActivation = 'linear', activation = 'linear' } = options;
  const spatial = depthwiseBlock(builder, x, {
    name: `${name}/depthwise`,
    kernel: 3,
    stride: options.stride ?? 1,
    nominal: true,
    densityOf: options.densityOf,
    padding: 'symmetric',
    norm,
    epsilon,
    activation: depthwiseActivation,
  });
  return convBlock(builder, spatial, { name: `${name}/pointwise`, filters, kernel: 1, norm, epsilon, activation });
}

/** Options of {@link xceptionBlock}. */
export interface XceptionBlockOptions extends NormOptions {
  /** Channels after each of the three separable convolutions. */
  readonly filters: readonly [number, number, number];
  /** Nominal stride of the last separable convolution and of the skip. */
  readonly stride: number;
  /** Which skips read the rectified input: none, those without a convolution, or all of them. */
  readonly rectifiedSkips: 'none' | 'identity' | 'all';
  /** Node whose density decides the rate of the last separable convolution, when it is not that convolution's input. */
  readonly lastDensityOf?: Node | undefined;
}

/** ReLU, unless `x` has just been rectified. */
export const rectify = (builder: GraphBuilder, x: Node, name: string): Node =>
  x.kind === 'activation' && x.attrs.fn === 'relu' ? x : builder.activation(x, 'relu', { name });

/**
 * Block of the aligned Xception: three times ReLU and a separable convolution, beside a skip; no ReLU after the addition.
 *
 * @param x `[n, h, w, c]`.
 * @returns `inner`: after the second separable convolution, `[n, h, w, filters[1]]`; `output`: `[n, h', w', filters[2]]`.
 * @see Chen et al. 2018, "Encoder-Decoder with Atrous Separable Convolution", §3.3 and Figure 4, arXiv:1802.02611
 */
export function xceptionBlock(
  builder: GraphBuilder,
  x: Node,
  options: XceptionBlockOptions,
): { readonly inner: Node; readonly output: Node } {
  const { filters, stride, rectifiedSkips, lastDensityOf, norm, epsilon } = options;
  const shared = { norm, epsilon };
  const rectified = rectify(builder, x, 'relu1');
  const first = xceptionSeparable(builder, rectified, { name: 'separable1', filters: filters[0], ...shared });
  const second = rectify(builder, first, 'relu2');
  const inner = xceptionSeparable(builder, second, { name: 'separable2', filters: filters[1], ...shared });
  const branch = xceptionSeparable(builder, rectify(builder, inner, 'relu3'), {
    name: 'separable3',
    filters: filters[2],
    stride,
    densityOf: lastDensityOf,
    ...shared,
  });
  const projects = stride !== 1 || filters[2] !== x.shape[3];
  const source = rectifiedSkips === 'all' || (rectifiedSkips === 'identity' && !projects) ? rectified : x;
  const skip = projects
    ? convBlock(builder, source, {
        name: 'skip',
        filters: filters[2],
        kernel: 1,
        stride,
        nominal: true,
        activation: 'linear',
        ...shared,
      })
    : source;
  return { inner, output: builder.add([branch, skip], { name: 'add' }) };
}
