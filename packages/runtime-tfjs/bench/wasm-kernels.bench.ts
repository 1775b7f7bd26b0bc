import { wasm } from '@atrous/runtime-tfjs/wasm';
import { maxPool, ones, pad, randomUniform, tidy, type Rank, type Tensor4D } from '@tensorflow/tfjs-core';
import { bench, describe } from 'vitest';
import { composeTrainingKernels } from '../src/training/composed/compose-training-kernels.ts';
import type { ConvolutionGeometry, TrainingKernels } from '../src/training/training-kernels.ts';
import { overrideKernels } from '../src/wasm-kernels/override-kernels.ts';

await wasm().available();
const composed = composeTrainingKernels({});
const ours = await overrideKernels(composed);

const image = (...shape: [number, number, number, number]): Tensor4D => randomUniform(shape, -1, 1);
const around = (size: number) => ({ top: size, bottom: size, left: size, right: size });
const window = (stride: number, rate: number, padding: number): ConvolutionGeometry => ({
  strides: [stride, stride],
  atrousRate: [rate, rate],
  pads: around(padding),
});

/** As in the MobileNetV2 of a batch of 8 images of 257 pixels. */
const x = image(8, 65, 65, 144);
const dy = image(8, 65, 65, 144);
const narrow = image(8, 65, 65, 32);
const half = image(8, 33, 33, 144);
const depthwise = image(3, 3, 144, 1);
const pointwise = image(1, 1, 144, 32);
const vector = randomUniform<Rank.R1>([144]);
const norm = { x, dy, gamma: vector, beta: vector, mean: vector, variance: ones<Rank.R1>([144]) };

const small = image(4, 33, 33, 64);
const pooled = image(8, 65, 65, 64);
const border: [number, number][] = [
  [0, 0],
  [1, 1],
  [1, 1],
  [0, 0],
];
const largest = maxPool<Tensor4D>(pad(pooled, border, -100), 3, 2, 'valid');

const work: Readonly<Record<string, (kernels: TrainingKernels) => unknown>> = {
  'depthwise filters': (k) => k.depthwiseFilterGradient(x, dy, [3, 3, 144, 1], window(1, 1, 1)),
  'depthwise filters at rate 2': (k) => k.depthwiseFilterGradient(x, dy, [3, 3, 144, 1], window(1, 2, 2)),
  'depthwise input at stride 2': (k) => k.depthwiseInputGradient(half, depthwise, [8, 65, 65, 144], window(2, 1, 1)),
  '1×1 filters': (k) => k.conv2dFilterGradient(x, narrow, [1, 1, 144, 32], window(1, 1, 0)),
  '1×1 input': (k) => k.conv2dInputGradient(narrow, pointwise, [8, 65, 65, 144], window(1, 1, 0)),
  '3×3 filters at rate 6': (k) => k.conv2dFilterGradient(small, small, [3, 3, 64, 64], window(1, 6, 6)),
  'batch normalisation': (k) => k.normalizeBatch(x, vector, vector, 1e-3),
  'batch normalisation, back': (k) =>
    k.batchNormGradient({ ...norm, epsilon: 1e-3, ofBatch: true, activation: undefined }),
  'relu6, back': (k) => k.activationGradient('relu6', x, dy),
  'max pool, back': (k) =>
    k.maxPoolGradient(pooled, largest, largest, { kernel: [3, 3], strides: [2, 2], pads: around(1) }),
};

/** Few samples: some compositions take a second. */
const options = { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 };

describe.each(Object.entries(work))('%s', (_, compute) => {
  const run = (kernels: TrainingKernels) => (): void => {
    tidy(() => void compute(kernels));
  };
  bench('composed', run(composed), options);
  bench('ours', run(ours), options);
});
