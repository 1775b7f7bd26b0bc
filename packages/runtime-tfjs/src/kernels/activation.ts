import type { Activation } from '@atrous/core';
import { add, clone, div, leakyRelu, mul, relu, relu6, scalar, sigmoid } from '@tensorflow/tfjs-core';
import { inputOf, type Kernel, type Tensor4D } from '../kernel.ts';

const hardSigmoid = (x: Tensor4D): Tensor4D => div(relu6(add(x, scalar(3))), scalar(6));

const FUNCTIONS = {
  linear: (x) => x,
  relu,
  relu6,
  leakyRelu: (x) => leakyRelu(x, 0.1),
  hardSigmoid,
  hardSwish: (x) => mul(x, hardSigmoid(x)),
  sigmoid,
  silu: (x) => mul(x, sigmoid(x)),
} satisfies { readonly [A in Activation]: (x: Tensor4D) => Tensor4D };

/** The elementwise function of a tensor, as the ops that carry a fused activation finish. */
export const applyActivation = (x: Tensor4D, fn: Activation): Tensor4D => FUNCTIONS[fn](x);

export const activation: Kernel<'activation'> = (call) => {
  const x = inputOf(call);
  const y = applyActivation(x, call.attrs.fn);
  // a clone is a copy on some backends
  return y === x ? clone(x) : y;
};
