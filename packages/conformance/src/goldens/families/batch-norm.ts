import type { Tensor } from '@atrous/core';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { moveStatistics, normalizeBatch } from '@atrous/train';
import { grads, mul, sum, tidy, type Scalar, type Tensor1D, type Tensor4D } from '@tensorflow/tfjs';
import { defineFamily, probeGraph, type Check, type OpGolden, type OpProbe, type OpTensors } from '../op-family.ts';
import { onTensorFlow, toTensorFlow } from '../tensorflow.ts';
import { expectWithin, parseTolerance } from '../tolerance.ts';
import { isTrainable, runTrainingPass } from '../training-pass.ts';

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

/** The same by a network of one node. */
async function trainingPass(
  runtime: TfjsRuntime,
  probe: OpProbe,
  tensors: OpTensors,
): Promise<Readonly<Record<string, Tensor>>> {
  const { y, gradients, statistics } = await runTrainingPass(runtime, {
    graph: probeGraph(probe),
    weights: new Map(Object.entries(probe.weights ?? {})),
    image: probe.input,
    outputGradient: tensors.get('gy'),
    options: { batchStatistics: new Set(['bn']) },
  });
  const { mean, variance } = statistics.get('bn') ?? {};
  return Object.fromEntries(
    Object.entries({
      ...{ y, batch_mean: mean, batch_var: variance },
      ...{ gx: gradients.get('image'), ggamma: gradients.get('bn/gamma'), gbeta: gradients.get('bn/beta') },
    }).map(([name, tensor]) => [name, tensor as Tensor]),
  );
}

/** Output, statistics and gradients of normalisation by the batch's own statistics. */
const inTraining = (golden: BatchNormGolden, probe: OpProbe, tensors: OpTensors): Check => ({
  async check(runtime, tolerance) {
    const compare = (results: Readonly<Record<string, Tensor>>): string =>
      Object.entries(results)
        .map(([name, actual]) => `${name} ${expectWithin(actual, tensors.get(name), parseTolerance(tolerance))}`)
        .join(', ');
    const functions = compare(await onTensorFlow(runtime, () => trainingStep(golden, tensors)));
    if (!isTrainable(runtime)) return functions;
    return `${functions}; in a network: ${compare(await trainingPass(runtime, probe, tensors))}`;
  },
});

export const batchNorm = defineFamily<BatchNormGolden>((golden, tensors) => {
  if (!['train', 'infer'].includes(golden.mode)) return { skip: `no batch norm in the mode "${golden.mode}"` };
  const probe: OpProbe = {
    build: (b, x) => b.batchNorm(x, { name: 'bn', epsilon: golden.eps }),
    input: tensors.get('x'),
    weights: {
      'bn/gamma': tensors.get('gamma'),
      'bn/beta': tensors.get('beta'),
      'bn/moving_mean': tensors.get('running_mean'),
      'bn/moving_variance': tensors.get('running_var'),
    },
    expected: tensors.get('y'),
    gradients: { ggamma: 'bn/gamma', gbeta: 'bn/beta' },
  };
  return golden.mode === 'train' ? inTraining(golden, probe, tensors) : probe;
});
