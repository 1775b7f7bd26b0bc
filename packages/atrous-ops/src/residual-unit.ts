import type { GraphBuilder, Node } from '@atrous/core';
import { convBlock, type NormOptions } from './conv-block.ts';

/** Options of {@link bottleneckUnit} and {@link basicUnit}. */
export interface ResidualUnitOptions extends NormOptions {
  /** Channels of the inner convolutions. */
  readonly width: number;
  /** Nominal stride of the unit. Default 1. */
  readonly stride?: number;
  /** Which convolution of a bottleneck has the stride: the first 1×1 (the paper, Caffe) or the 3×3 (PyTorch, TensorFlow). Default 3×3. */
  readonly strideAt?: '1x1' | '3x3';
  /** Nominal rate of the 3×3 convolutions. Default 1. */
  readonly atrousRate?: number;
  /** Read the convolution that loses its stride at the rate of those after it. Default false: it keeps its own. */
  readonly atrousAtStride?: boolean;
  /** How the input reaches the sum: through a 1×1 convolution or as it is, where need be every `stride`th position. */
  readonly shortcut: 'projection' | 'identity';
}

/** What a residual unit leaves behind. */
export interface ResidualUnit {
  /** The branch before the sum, without activation. */
  readonly residual: Node;
  readonly output: Node;
}

function shortcutOf(
  builder: GraphBuilder,
  x: Node,
  filters: number,
  { shortcut, stride = 1, norm, epsilon }: ResidualUnitOptions,
): Node {
  if (shortcut === 'projection')
    return convBlock(builder, x, {
      name: 'shortcut',
      filters,
      kernel: 1,
      stride,
      nominal: true,
      activation: 'linear',
      norm,
      epsilon,
    });
  return stride === 1 ? x : builder.maxPool(x, { name: 'subsample', kernel: 1, stride, nominal: true });
}

function sum(
  builder: GraphBuilder,
  x: Node,
  residual: Node,
  filters: number,
  options: ResidualUnitOptions,
): ResidualUnit {
  const total = builder.add([shortcutOf(builder, x, filters, options), residual], { name: 'add' });
  return { residual, output: builder.activation(total, 'relu', { name: 'relu' }) };
}

/**
 * Bottleneck: 1×1, 3×3 and 1×1 convolutions beside a shortcut, summed, then ReLU.
 *
 * @param x `[n, h, w, c]`.
 * @returns nodes `[n, h', w', 4 · width]`; the convolutions are called `conv1`, `conv2`, `conv3` and `shortcut`.
 * @see He et al. 2016, "Deep Residual Learning for Image Recognition", §4.1, arXiv:1512.03385
 */
export function bottleneckUnit(builder: GraphBuilder, x: Node, options: ResidualUnitOptions): ResidualUnit {
  const { width, stride = 1, strideAt = '3x3', atrousRate = 1, atrousAtStride = false, norm, epsilon } = options;
  const shared = { nominal: true, norm, epsilon };
  const reduced = convBlock(builder, x, {
    name: 'conv1',
    filters: width,
    kernel: 1,
    stride: strideAt === '1x1' ? stride : 1,
    ...shared,
  });
  const spatial = convBlock(builder, reduced, {
    name: 'conv2',
    filters: width,
    kernel: 3,
    stride: strideAt === '3x3' ? stride : 1,
    padding: 'symmetric',
    atrousRate,
    densityOf: atrousAtStride ? 'self' : undefined,
    ...shared,
  });
  const filters = 4 * width;
  const residual = convBlock(builder, spatial, { name: 'conv3', filters, kernel: 1, activation: 'linear', ...shared });
  return sum(builder, x, residual, filters, options);
}

/**
 * Basic unit of the shallow residual networks: two 3×3 convolutions, the first with the stride, beside a shortcut, summed, then ReLU.
 *
 * @param x `[n, h, w, c]`.
 * @returns nodes `[n, h', w', width]`; the convolutions are called `conv1`, `conv2` and `shortcut`.
 * @see He et al. 2016, "Deep Residual Learning for Image Recognition", §4.1, arXiv:1512.03385
 */
export function basicUnit(builder: GraphBuilder, x: Node, options: ResidualUnitOptions): ResidualUnit {
  const { width: filters, stride = 1, atrousRate = 1, atrousAtStride = false, norm, epsilon } = options;
  const shared = { filters, kernel: 3, padding: 'symmetric', atrousRate, nominal: true, norm, epsilon } as const;
  const densityOf = atrousAtStride ? 'self' : undefined;
  const first = convBlock(builder, x, { name: 'conv1', stride, densityOf, ...shared });
  const residual = convBlock(builder, first, { name: 'conv2', activation: 'linear', ...shared });
  return sum(builder, x, residual, filters, options);
}
