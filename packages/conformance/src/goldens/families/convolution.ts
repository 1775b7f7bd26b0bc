import type { Pair } from '@atrous/core';
import { batchNormWeights, defineFamily, paddingOf, type GoldenPads, type OpGolden } from '../op-family.ts';

interface ConvolutionGolden extends OpGolden {
  readonly kernel: number | Pair;
  readonly rate: number | Pair;
  readonly stride: number | Pair;
  readonly padding: string;
  readonly pads: GoldenPads;
}

interface SeparableGolden extends ConvolutionGolden {
  readonly bnrelu: boolean;
}

/** The family's text fixes it; the cases do not repeat it. */
const SEPARABLE_EPSILON = 1e-3;

const windowOf = ({ kernel, rate, stride, padding, pads }: ConvolutionGolden) => ({
  kernel,
  stride,
  atrousRate: rate,
  padding: paddingOf(padding, pads),
});

export const conv2d = defineFamily<ConvolutionGolden>((golden, tensors) => {
  const w = tensors.get('w');
  return {
    build: (b, x) => b.conv2d(x, { name: 'conv', filters: w.shape[3] as number, ...windowOf(golden) }),
    input: tensors.get('x'),
    weights: { 'conv/weights': w },
    expected: tensors.get('y'),
    gradients: { gw: 'conv/weights' },
  };
});

export const depthwiseConv2d = defineFamily<ConvolutionGolden>((golden, tensors) => {
  const w = tensors.get('w');
  return {
    build: (b, x) => b.depthwiseConv2d(x, { name: 'conv', multiplier: w.shape[3] as number, ...windowOf(golden) }),
    input: tensors.get('x'),
    weights: { 'conv/depthwise_weights': w },
    expected: tensors.get('y'),
    gradients: { gw: 'conv/depthwise_weights' },
  };
});

export const separableConv2d = defineFamily<SeparableGolden>((golden, tensors) => {
  const depthwise = tensors.get('wd');
  const pointwise = tensors.get('wp');
  return {
    build(b, image) {
      let x = b.depthwiseConv2d(image, {
        name: 'depthwise',
        multiplier: depthwise.shape[3] as number,
        ...windowOf(golden),
      });
      if (golden.bnrelu) x = b.activation(b.batchNorm(x, { name: 'bn1', epsilon: SEPARABLE_EPSILON }), 'relu');
      x = b.conv2d(x, { name: 'pointwise', filters: pointwise.shape[3] as number, kernel: 1 });
      return golden.bnrelu ? b.activation(b.batchNorm(x, { name: 'bn2', epsilon: SEPARABLE_EPSILON }), 'relu') : x;
    },
    input: tensors.get('x'),
    weights: {
      'depthwise/depthwise_weights': depthwise,
      'pointwise/weights': pointwise,
      ...(golden.bnrelu && {
        ...batchNormWeights('bn1', tensors.get('bn1')),
        ...batchNormWeights('bn2', tensors.get('bn2')),
      }),
    },
    expected: tensors.get('y'),
    gradients: { gwd: 'depthwise/depthwise_weights', gwp: 'pointwise/weights' },
  };
});
