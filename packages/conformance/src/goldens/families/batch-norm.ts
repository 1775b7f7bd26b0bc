import { moveStatistics, normalizeBatch } from '@atrous/train';
import { grads, mul, sum, tidy, type Scalar, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs';
import { defineFamily, type Check, type OpGolden, type OpTensors } from '../op-family.ts';
import { onTensorFlow, toTensorFlow } from '../tensorflow.ts';
import { expectWithin, parseTolerance } from '../tolerance.ts';

interface BatchNormGolden extends OpGolden {
  readonly mode: string;
  readonly eps: number;
  /** PyTorch's. */
  readonly momentum: number;
}

function trainingStep({ eps, momentum }: BatchNormGolden, tensors: OpTensors) {
  const get = <T extends Tensor1D | Tensor4D>(name: string): T => toTensorFlow<T>(tensors.get(name));
  const [x, gamma, beta] = [get<Tensor4D>('x'), get<Tensor1D>('gamma'), get<Tensor1D>('beta')];
  const { y, statistics } = normalizeBatch(x, gamma, beta, eps);
  const moving = { mean: get<Tensor1D>('running_mean'), variance: get<Tensor1D>('running_var') };
  const moved = moveStatistics(moving, statistics, { decay: 1 - momentum, divisor: 'n-1' });
  const biased = moveStatistics(moving, statistics, { decay: 1 - momentum, divisor: 'n' });
  const gy = get<Tensor4D>('gy');
  const [gx, ggamma, gbeta] = grads((...inputs) =>
    tidy(() =>
      sum<Scalar>(mul(normalizeBatch(inputs[0] as Tensor4D, inputs[1] as Tensor1D, inputs[2] as Tensor1D, eps).y, gy)),
    ),
  )([x, gamma, beta]);
  return {
    y,
    batch_mean: statistics.mean,
    batch_var: statistics.variance,
    new_running_mean: moved.mean,
    new_running_var: moved.variance,
    new_running_var_biased: biased.variance,
    gx: gx!,
    ggamma: ggamma!,
    gbeta: gbeta!,
  };
}

/** Output, statistics and gradients of normalisation by the batch's own statistics. */
const inTraining = (golden: BatchNormGolden, tensors: OpTensors): Check => ({
  async check(runtime, tolerance) {
    const results = Object.entries(await onTensorFlow(runtime, () => trainingStep(golden, tensors)));
    const details = results.map(([name, actual]) => {
      return `${name} ${expectWithin(actual, tensors.get(name), parseTolerance(tolerance))}`;
    });
    return details.join(', ');
  },
});

export const batchNorm = defineFamily<BatchNormGolden>((golden, tensors) => {
  if (golden.mode === 'train') return inTraining(golden, tensors);
  if (golden.mode !== 'infer') return { skip: `no batch norm in the mode "${golden.mode}"` };
  return {
    build: (b, x) => b.batchNorm(x, { name: 'bn', epsilon: golden.eps }),
    input: tensors.get('x'),
    weights: {
      'bn/gamma': tensors.get('gamma'),
      'bn/beta': tensors.get('beta'),
      'bn/moving_mean': tensors.get('running_mean'),
      'bn/moving_variance': tensors.get('running_var'),
    },
    expected: tensors.get('y'),
  };
});
