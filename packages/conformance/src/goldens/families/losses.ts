import { largestDifference, largestMagnitude } from '@atrous/testing/golden';
import { valueAndGrad, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs';
import { lossOf, type LossGolden } from '../loss-of.ts';
import { defineFamily } from '../op-family.ts';
import { onTensorFlow, toTensorFlow } from '../tensorflow.ts';

const RULE = /^value rel ([\d.e-]+); glogits abs ([\d.e-]+) \+ ([\d.e-]+)\*max\|glogits\|$/;

/** Values and gradients of losses. */
export const losses = defineFamily<LossGolden>((golden, tensors) => ({
  async check(runtime, tolerance) {
    const [, relative, absolute, scaled] = RULE.exec(tolerance) ?? [];
    if (relative === undefined) throw new Error(`the tolerance "${tolerance}" is not understood`);
    const loss = lossOf(golden, tensors.has('classweights') ? [...tensors.get('classweights').data] : undefined);
    const { value, grad } = await onTensorFlow(runtime, () => {
      const labels = toTensorFlow<Tensor3D>(tensors.get('labels'));
      return valueAndGrad((x) => loss(x as Tensor4D, labels))(toTensorFlow(tensors.get('logits')));
    });
    const [actual = NaN] = value.data;
    if (!(Math.abs(actual - golden.value) <= Number(relative) * Math.abs(golden.value)))
      throw new Error(`the value is ${actual} instead of ${golden.value}`);
    const expected = tensors.get('glogits').data;
    const off = largestDifference(grad.data, expected).value;
    const allowed = Number(absolute) + Number(scaled) * largestMagnitude(expected);
    if (!(off <= allowed))
      throw new Error(`the gradient is off by ${off.toExponential(2)} (allowed ${allowed.toExponential(2)})`);
    return `value ${actual}, gradient off by ${off.toExponential(2)} of ${allowed.toExponential(2)}`;
  },
}));
