import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import { keep, ones, randomUniform, reshape, slice, tidy, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { bench, describe } from 'vitest';
import { overrideKernels } from '../src/shaders/override-kernels.ts';
import { runOnWebGpu } from '../src/shaders/run-on-webgpu.ts';
import { composeTrainingKernels } from '../src/training/composed/compose-training-kernels.ts';
import type { ConvolutionGeometry, TrainingKernels } from '../src/training/training-kernels.ts';

await webgpu().available();
const composed = composeTrainingKernels({});
const ours = overrideKernels(runOnWebGpu, composed);

const image = (...shape: [number, number, number, number]): Tensor4D => keep(randomUniform(shape, -1, 1));
const window = (stride: number, rate: number): ConvolutionGeometry => ({
  strides: [stride, stride],
  atrousRate: [rate, rate],
  pads: { top: rate, bottom: rate, left: rate, right: rate },
});

/** As in the MobileNetV2 of a batch of 2 images of 129 pixels: software does not take all day either. */
const x = image(2, 33, 33, 144);
const dy = image(2, 33, 33, 144);
const vector = keep(randomUniform<Rank.R1>([144]));
const norm = { x, dy, gamma: vector, beta: vector, mean: vector, variance: keep(ones<Rank.R1>([144])) };

const work: Readonly<Record<string, (kernels: TrainingKernels) => Tensor4D>> = {
  'depthwise filters': (k) => k.depthwiseFilterGradient(x, dy, [3, 3, 144, 1], window(1, 1)),
  'depthwise filters at rate 2': (k) => k.depthwiseFilterGradient(x, dy, [3, 3, 144, 1], window(1, 2)),
  'batch normalisation': (k) => k.normalizeBatch(x, vector, vector, 1e-3).y,
  'batch normalisation, back': (k) =>
    k.batchNormGradient({ ...norm, epsilon: 1e-3, ofBatch: true, activation: undefined }).dx,
  'relu6, back': (k) => k.activationGradient('relu6', x, dy),
};

const options = { iterations: 5, time: 0, warmupIterations: 2, warmupTime: 0 };

describe.each(Object.entries(work))('%s', (_, compute) => {
  const run = (kernels: TrainingKernels) => async (): Promise<void> => {
    // Reading one number waits for all.
    const probe = tidy(() => slice(reshape(compute(kernels), [-1]), 0, 1));
    await probe.data();
    probe.dispose();
  };
  bench('composed', run(composed), options);
  bench('ours', run(ours), options);
});
