import { createRandom, resolvePads, type Activation, type Padding, type Pair } from '@atrous/core';
import { webgpu } from '@atrous/runtime-tfjs/webgpu';
import {
  batchNorm,
  relu,
  relu6,
  tensor1d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { overrideKernels } from '../src/shaders/override-kernels.ts';
import { runOnWebGpu } from '../src/shaders/run-on-webgpu.ts';
import { composeTrainingKernels } from '../src/training/composed/compose-training-kernels.ts';
import type { TrainingKernels } from '../src/training/training-kernels.ts';

type Shape = [number, number, number, number];
type Outcome = Readonly<Record<string, Tensor>>;

const here = await webgpu().available();
if (!here.available)
  console.warn(
    `skipped: shaders in Node, ${here.reason}; software GPU: node tools/headless/with-swiftshader.js npx vitest run`,
  );

const values = (size: number, seed: number, low: number, high: number): Float32Array => {
  const random = createRandom('shaders', seed);
  return Float32Array.from({ length: size }, () => random.uniform(low, high));
};
const map = (shape: Shape, seed: number, low = -1, high = 1): Tensor4D =>
  tensor4d(values(shape[0] * shape[1] * shape[2] * shape[3], seed, low, high), shape);
const vector = (size: number, seed: number, low = -1, high = 1): Tensor1D => tensor1d(values(size, seed, low, high));

const composed = composeTrainingKernels({});
const ours = overrideKernels(runOnWebGpu, composed);

/** Both ways of computing give the same to 10⁻⁵ of the largest number. */
async function expectSame(compute: (kernels: TrainingKernels) => Outcome): Promise<void> {
  const [expected, actual] = [tidy(() => ({ ...compute(composed) })), tidy(() => ({ ...compute(ours) }))];
  for (const [name, tensor] of Object.entries(actual)) {
    const [wanted, got] = [[...(await expected[name]!.data())], [...(await tensor.data())]];
    const scale = wanted.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-30);
    const error = got.reduce((worst, x, i) => Math.max(worst, Math.abs(x - wanted[i]!)), 0);
    expect(tensor.shape, name).toEqual(expected[name]!.shape);
    expect(error / scale, name).toBeLessThan(1e-5);
    expected[name]!.dispose();
    tensor.dispose();
  }
}

/** What follows a normalisation, as the compositions have it: on its own. */
const after = { linear: (y: Tensor4D) => y, relu: (y: Tensor4D) => relu(y), relu6: (y: Tensor4D) => relu6(y) };
type Follower = keyof typeof after;

describe.skipIf(!here.available)('training kernels in WGSL', () => {
  it.each(['relu', 'relu6', 'leakyRelu', 'hardSigmoid', 'sigmoid', 'hardSwish', 'silu'] as const)(
    'the gradient of %s',
    (fn: Exclude<Activation, 'linear'>) =>
      expectSame(({ activationGradient }) => ({
        dx: activationGradient(fn, map([2, 5, 3, 4], 1, -7, 7), map([2, 5, 3, 4], 2)),
      })),
  );

  it.each([1, 3, 32])('sums over the pixels of %i channels', (channels) =>
    expectSame(({ channelSums }) => ({ sums: channelSums(map([3, 9, 7, channels], 3, 0, 1)) })),
  );

  it.each(['linear', 'relu', 'relu6'] as const)('normalises a batch, then %s', (fn: Follower) =>
    expectSame((kernels) => {
      const [x, gamma, beta] = [map([2, 9, 5, 6], 4, -2, 8), vector(6, 5, 1, 4), vector(6, 6)];
      const inOne = kernels.fusedActivations.has(fn);
      const { y, mean, variance } = kernels.normalizeBatch(x, gamma, beta, 1e-3, inOne ? fn : undefined);
      return { y: inOne ? y : after[fn](y), mean, variance };
    }),
  );

  it.each([true, false].flatMap((ofBatch) => (['linear', 'relu', 'relu6'] as const).map((fn) => ({ ofBatch, fn }))))(
    'goes back through $fn and a normalisation, statistics of the batch: $ofBatch',
    ({ ofBatch, fn }) =>
      expectSame((kernels) => {
        const [x, dy] = [map([2, 9, 5, 6], 7, -2, 8), map([2, 9, 5, 6], 8)];
        const [gamma, beta, epsilon] = [vector(6, 9, 1, 4), vector(6, 10), 1e-3];
        const { mean, variance } = composed.normalizeBatch(x, gamma, beta, epsilon);
        const statistics = ofBatch ? { mean, variance } : { mean: vector(6, 11), variance: vector(6, 12, 0.5, 2) };
        const call = { ...{ x, gamma, beta, epsilon, ofBatch }, ...statistics };
        if (fn === 'linear' || kernels.fusedActivations.has(fn))
          return { ...kernels.batchNormGradient({ ...call, dy, activation: fn }) };
        const normalised = batchNorm(x, statistics.mean, statistics.variance, beta, gamma, epsilon);
        const linear = kernels.activationGradient(fn, after[fn](normalised), dy);
        return { ...kernels.batchNormGradient({ ...call, dy: linear, activation: undefined }) };
      }),
  );

  interface Window {
    readonly kernel: Pair;
    readonly strides?: Pair;
    readonly atrousRate?: Pair;
    readonly padding?: Padding;
    readonly multiplier?: number;
  }

  it.each<Window>([
    { kernel: [3, 3] },
    { kernel: [3, 3], strides: [2, 2] },
    { kernel: [3, 3], atrousRate: [6, 6] },
    { kernel: [3, 3], atrousRate: [18, 18] },
    { kernel: [5, 2], strides: [2, 3], atrousRate: [2, 1], padding: 'valid' },
    { kernel: [3, 3], multiplier: 2 },
  ])('gradient of depthwise filters: %o', ({ kernel, strides = [1, 1], atrousRate = [1, 1], ...rest }) => {
    const { padding = 'same', multiplier = 1 } = rest;
    const [height, width, channels] = [13, 11, 4];
    const pads = resolvePads({ kernel, strides, atrousRate, padding }, [height, width]);
    const extent = (axis: 0 | 1, size: number, around: number): number =>
      Math.floor((size + around - (kernel[axis] - 1) * atrousRate[axis] - 1) / strides[axis]) + 1;
    const out = [extent(0, height, pads.top + pads.bottom), extent(1, width, pads.left + pads.right)] as const;
    return expectSame(({ depthwiseFilterGradient }) => ({
      dw: depthwiseFilterGradient(
        map([2, height, width, channels], 13),
        map([2, ...out, channels * multiplier], 14),
        [...kernel, channels, multiplier],
        { strides, atrousRate, pads },
      ),
    }));
  });
});
