import { resolvePads, type Activation, type OpAttrs, type Pads } from '@atrous/core';
import { add, fused, stridedSlice } from '@tensorflow/tfjs-core';
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { inputOf, type Kernel, type KernelCall, type Tensor4D } from '../kernel.ts';
import { applyActivation } from './activation.ts';
import { depthwiseByTaps } from './depthwise-by-taps.ts';
import { padImage } from './layout.ts';

type Convolution = OpAttrs['conv2d'] | OpAttrs['depthwiseConv2d'];

/** Activations that every backend computes inside a convolution. */
const FUSED: ReadonlySet<Activation> = new Set(['linear', 'relu', 'relu6']);

const hasPads = ({ top, bottom, left, right }: Pads): boolean => top + bottom + left + right > 0;

const isMoreThanOne = ([height, width]: readonly [number, number]): boolean => height > 1 || width > 1;

/** How tfjs is called: `valid` where it may be, because that alone takes the fast paths for 1×1 filters. */
interface Call {
  readonly x: Tensor4D;
  readonly pad: 'valid' | [[0, 0], [number, number], [number, number], [0, 0]];
  readonly strides: [number, number];
  readonly dilations: [number, number];
}

function convolve(call: KernelCall<'conv2d' | 'depthwiseConv2d'>, compute: (call: Call) => Tensor4D): Tensor4D {
  const { attrs, quirks } = call;
  const image = inputOf(call);
  const pads = resolvePads(attrs, [image.shape[1], image.shape[2]]);
  const padFirst = quirks.noExplicitPadding === true;
  // tfjs takes strides or rates, never both
  const subsample = isMoreThanOne(attrs.strides) && isMoreThanOne(attrs.atrousRate);
  const y = compute({
    x: padFirst ? padImage(image, pads) : image,
    pad:
      padFirst || !hasPads(pads)
        ? 'valid'
        : [
            [0, 0],
            [pads.top, pads.bottom],
            [pads.left, pads.right],
            [0, 0],
          ],
    strides: subsample ? [1, 1] : [...attrs.strides],
    dilations: [...attrs.atrousRate],
  });
  const kept = subsample ? (stridedSlice(y, [0, 0, 0, 0], y.shape, [1, ...attrs.strides, 1]) as Tensor4D) : y;
  return FUSED.has(attrs.activation) ? kept : applyActivation(kept, attrs.activation);
}

const options = (attrs: Convolution, bias: unknown): { bias?: Tensor1D; activation: 'linear' | 'relu' | 'relu6' } => ({
  ...(bias !== undefined && { bias: bias as Tensor1D }),
  activation: FUSED.has(attrs.activation) ? (attrs.activation as 'relu') : 'linear',
});

/**
 * Atrous convolution with bias and activation.
 *
 * @see Chen et al. 2017, "DeepLab", §3.1, arXiv:1606.00915
 */
export const conv2d: Kernel<'conv2d'> = (call) =>
  convolve(call, (geometry) =>
    fused.conv2d({
      ...geometry,
      ...options(call.attrs, call.params.biases),
      filter: call.params.weights as Tensor4D,
    }),
  );

function sumOfTaps(call: KernelCall<'depthwiseConv2d'>): Tensor4D {
  const x = inputOf(call);
  const padded = padImage(x, resolvePads(call.attrs, [x.shape[1], x.shape[2]]));
  const y = depthwiseByTaps(padded, call.params.depthwiseWeights as Tensor4D, call.attrs, call.shape);
  const { biases } = call.params;
  return applyActivation(biases === undefined ? y : add(y, biases), call.attrs.activation);
}

/** Convolution of every channel with filters of its own, with bias and activation. */
export const depthwiseConv2d: Kernel<'depthwiseConv2d'> = (call) =>
  call.quirks.noDepthwiseRate &&
  (isMoreThanOne(call.attrs.atrousRate) || call.attrs.strides[0] !== call.attrs.strides[1])
    ? sumOfTaps(call)
    : convolve(call, (geometry) =>
        fused.depthwiseConv2d({
          ...geometry,
          // explicit pads work and are missing in the types
          pad: geometry.pad as 'valid',
          ...options(call.attrs, call.params.biases),
          filter: call.params.depthwiseWeights as Tensor4D,
        }),
      );
