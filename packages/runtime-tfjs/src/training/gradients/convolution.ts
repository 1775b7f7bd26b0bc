import { resolvePads } from '@atrous/core';
import type { Tensor4D } from '../../kernel.ts';
import type { Gradient, GradientCall, Gradients } from '../gradient.ts';
import type {
  ConvolutionGeometry,
  FilterGradient,
  InputGradient,
  Shape4D,
  TrainingKernels,
} from '../training-kernels.ts';

type Kind = 'conv2d' | 'depthwiseConv2d';

function geometryOf({ wanted, inputShapes }: GradientCall<Kind>): ConvolutionGeometry {
  const { strides, atrousRate } = wanted.attrs;
  const [, height, width] = inputShapes[0] as Shape4D;
  return { strides, atrousRate, pads: resolvePads(wanted.attrs, [height, width]) };
}

/** The gradient of one kind of convolution, by the two kernels that tell it from the other. */
const convolution = (
  role: 'weights' | 'depthwiseWeights',
  inputGradient: (kernels: TrainingKernels) => InputGradient,
  filterGradient: (kernels: TrainingKernels) => FilterGradient,
): Gradient<Kind> => ({
  reads: ({ params }) => (params.has(role) ? [0] : []),
  compute(call): Gradients {
    const { wanted, dy, kernels, params } = call;
    const geometry = geometryOf(call);
    const filters = params[role] as Tensor4D;
    const inputShape = call.inputShapes[0] as Shape4D;
    return {
      inputs: [wanted.inputs[0] ? inputGradient(kernels)(dy, filters, inputShape, geometry) : undefined],
      params: {
        ...(wanted.params.has(role) && {
          [role]: filterGradient(kernels)(call.input(0), dy, filters.shape, geometry),
        }),
        ...(wanted.params.has('biases') && { biases: kernels.channelSums(dy) }),
      },
    };
  },
});

/** Fused activations are nodes of their own while a network trains. */
export const conv2d = convolution(
  'weights',
  ({ conv2dInputGradient }) => conv2dInputGradient,
  ({ conv2dFilterGradient }) => conv2dFilterGradient,
);

export const depthwiseConv2d = convolution(
  'depthwiseWeights',
  ({ depthwiseInputGradient }) => depthwiseInputGradient,
  ({ depthwiseFilterGradient }) => depthwiseFilterGradient,
);
