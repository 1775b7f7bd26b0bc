import { convBlock, depthwiseBlock, type NormOptions } from '@atrous/atrous-ops';
import type { GraphBuilder, Node } from '@atrous/core';

/** Options of {@link invertedResidual}. */
export interface InvertedResidualOptions extends NormOptions {
  readonly filters: number;
  /** Channels of the depthwise convolution. */
  readonly hidden: number;
  /** Whether there is an expansion although `x` has as many channels. Default false. */
  readonly alwaysExpand?: boolean;
  /** Nominal stride of the depthwise convolution. */
  readonly stride: number;
  /** Where the border is added: by the depthwise convolution, or to the block's input, so that it passes the expansion. */
  readonly padding: 'same' | 'symmetric' | 'beforeExpansion';
  /** Node whose density decides the rate, when it is not the block's input. */
  readonly densityOf?: Node | undefined;
}

/**
 * Inverted residual with linear bottleneck: 1×1 expansion, 3×3 depthwise, 1×1 projection without activation; the input is added where shapes agree.
 *
 * @returns `expanded`: after the depthwise convolution, `[n, h', w', hidden]`; `output`: `[n, h', w', filters]`.
 * @see Sandler et al. 2018, "MobileNetV2", §3.3, arXiv:1801.04381
 */
export function invertedResidual(
  builder: GraphBuilder,
  x: Node,
  options: InvertedResidualOptions,
): { readonly expanded: Node; readonly output: Node } {
  const { filters, hidden, alwaysExpand = false, stride, padding, densityOf, norm, epsilon } = options;
  const channels = x.shape[3];
  const normOptions = { norm, epsilon };
  const input =
    padding === 'beforeExpansion'
      ? builder.pad(x, { name: 'pad', pads: { top: 1, bottom: 1, left: 1, right: 1 }, nominal: true, densityOf })
      : x;
  const wide =
    hidden === channels && !alwaysExpand
      ? input
      : convBlock(builder, input, { name: 'expand', filters: hidden, kernel: 1, activation: 'relu6', ...normOptions });
  const expanded = depthwiseBlock(builder, wide, {
    name: 'depthwise',
    kernel: 3,
    stride,
    nominal: true,
    densityOf,
    padding: padding === 'beforeExpansion' ? 'valid' : padding,
    activation: 'relu6',
    ...normOptions,
  });
  const narrow = convBlock(builder, expanded, {
    name: 'project',
    filters,
    kernel: 1,
    activation: 'linear',
    ...normOptions,
  });
  const output = stride === 1 && filters === channels ? builder.add([x, narrow], { name: 'add' }) : narrow;
  return { expanded, output };
}
