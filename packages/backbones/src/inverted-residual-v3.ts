import { convBlock, depthwiseBlock, scaleWidth, type NormOptions } from '@atrous/atrous-ops';
import type { Activation, GraphBuilder, Node } from '@atrous/core';
import { squeezeExcite } from './squeeze-excite.ts';

/** Options of {@link invertedResidualV3}. */
export interface InvertedResidualV3Options extends NormOptions {
  readonly filters: number;
  /** Channels of the depthwise convolution; as many as `x` has: no expansion. */
  readonly hidden: number;
  /** Of the depthwise convolution. */
  readonly kernel: number;
  /** Nominal stride of the depthwise convolution. */
  readonly stride: number;
  /** Read a depthwise convolution that loses its stride at the rate of those after it; otherwise it keeps its own. */
  readonly atrousAtStride: boolean;
  /** Border of the depthwise convolution. */
  readonly padding: 'same' | 'symmetric';
  readonly squeezeExcite: boolean;
  readonly activation: Activation;
}

/** Squeeze-and-excitation squeezes to a quarter, in multiples of 8. */
const SQUEEZE = { share: 1 / 4, divisor: 8 } as const;

/**
 * Inverted residual of MobileNetV3: 1×1 expansion, depthwise convolution, squeeze-and-excitation, 1×1 projection without activation.
 *
 * @param x `[n, h, w, c]`.
 * @returns `expanded`: after the depthwise convolution, `[n, h', w', hidden]`; `output`: `[n, h', w', filters]`, with `x` added where shapes agree.
 * @see Howard et al. 2019, "Searching for MobileNetV3", Figure 4, arXiv:1905.02244
 */
export function invertedResidualV3(
  builder: GraphBuilder,
  x: Node,
  options: InvertedResidualV3Options,
): { readonly expanded: Node; readonly output: Node } {
  const { filters, hidden, kernel, stride, padding, activation, norm, epsilon } = options;
  const channels = x.shape[3];
  const shared = { norm, epsilon, activation };
  const wide =
    hidden === channels ? x : convBlock(builder, x, { name: 'expand', filters: hidden, kernel: 1, ...shared });
  const expanded = depthwiseBlock(builder, wide, {
    name: 'depthwise',
    kernel,
    stride,
    nominal: true,
    densityOf: options.atrousAtStride ? 'self' : undefined,
    padding,
    ...shared,
  });
  const weighted = options.squeezeExcite
    ? squeezeExcite(builder, expanded, {
        name: 'squeeze_excite',
        squeezed: scaleWidth(hidden, SQUEEZE.share, SQUEEZE.divisor),
        gate: 'hardSigmoid',
      })
    : expanded;
  const narrow = convBlock(builder, weighted, { name: 'project', filters, kernel: 1, ...shared, activation: 'linear' });
  const output = stride === 1 && filters === channels ? builder.add([x, narrow], { name: 'add' }) : narrow;
  return { expanded, output };
}
