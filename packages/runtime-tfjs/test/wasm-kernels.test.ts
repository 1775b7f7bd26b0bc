import { createRandom, resolvePads, type Padding, type Pair } from '@atrous/core';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import {
  maxPool,
  pad,
  round,
  relu,
  relu6,
  tensor1d,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor1D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { composeTrainingKernels } from '../src/training/composed/compose-training-kernels.ts';
import type {
  AxisWeights,
  ConvolutionGeometry,
  PoolGeometry,
  TrainingKernels,
} from '../src/training/training-kernels.ts';
import { overrideKernels } from '../src/wasm-kernels/override-kernels.ts';

type Shape = [number, number, number, number];

const values = (size: number, seed: number, low = -1, high = 1): Float32Array => {
  const random = createRandom('wasm kernels', seed);
  return Float32Array.from({ length: size }, () => random.uniform(low, high));
};
const image = (shape: Shape, seed: number, low?: number, high?: number): Tensor4D =>
  tensor4d(
    values(
      shape.reduce((a, b) => a * b),
      seed,
      low,
      high,
    ),
    shape,
  );
const vector = (size: number, seed: number, low?: number, high?: number): Tensor1D =>
  tensor1d(values(size, seed, low, high));

const composed = composeTrainingKernels({});
let ours: TrainingKernels;

beforeAll(async () => {
  await wasm().available();
  ours = await overrideKernels(composed);
});

/** Both ways of computing give the same to 10⁻⁵ of the largest number. */
function expectSame(compute: (kernels: TrainingKernels) => Readonly<Record<string, Tensor>>): void {
  tidy(() => {
    const expected = compute(composed);
    for (const [name, actual] of Object.entries(compute(ours))) {
      const numbers = [...expected[name]!.dataSync()];
      const scale = numbers.reduce((largest, x) => Math.max(largest, Math.abs(x)), 1e-30);
      const error = [...actual.dataSync()].reduce((worst, x, i) => Math.max(worst, Math.abs(x - numbers[i]!)), 0);
      expect(actual.shape, name).toEqual(expected[name]!.shape);
      expect(error / scale, name).toBeLessThan(1e-5);
    }
  });
}

interface Window {
  readonly kernel?: Pair;
  readonly strides?: Pair;
  readonly atrousRate?: Pair;
  readonly padding?: Padding;
}

function geometryOf({ kernel = [3, 3], strides = [1, 1], atrousRate = [1, 1], padding = 'same' }: Window, size: Pair) {
  const geometry: ConvolutionGeometry = {
    strides,
    atrousRate,
    pads: resolvePads({ kernel, strides, atrousRate, padding }, size),
  };
  const { pads } = geometry;
  const outSize = (at: 0 | 1, total: number): number =>
    Math.floor((size[at] + total - (kernel[at] - 1) * atrousRate[at] - 1) / strides[at]) + 1;
  return { kernel, geometry, out: [outSize(0, pads.top + pads.bottom), outSize(1, pads.left + pads.right)] as const };
}

const windows: readonly [string, Window][] = [
  ['3×3', {}],
  ['1×1', { kernel: [1, 1] }],
  ['1×1 with stride', { kernel: [1, 1], strides: [2, 2] }],
  ['stride 2', { strides: [2, 2] }],
  ['stride 3 and 2', { strides: [3, 2] }],
  ['rate 2', { atrousRate: [2, 2] }],
  ['rate 6', { atrousRate: [6, 6] }],
  ['a rate beyond the image', { atrousRate: [18, 18] }],
  ['rates 2 and 3', { atrousRate: [2, 3] }],
  ['rate 2 with stride 2', { strides: [2, 2], atrousRate: [2, 2] }],
  ['no padding', { padding: 'valid' }],
  ['uneven padding', { padding: { top: 0, bottom: 3, left: 2, right: 1 } }],
  ['5×2', { kernel: [5, 2] }],
];

describe('gradients of convolutions on the memory of tfjs', () => {
  it.each(windows)('filters, %s', (_, window) => {
    const { kernel, geometry, out } = geometryOf(window, [9, 11]);
    expectSame(({ conv2dFilterGradient }) => ({
      dw: conv2dFilterGradient(image([2, 9, 11, 8], 1), image([2, ...out, 13], 2), [...kernel, 8, 13], geometry),
    }));
  });

  it.each<[number, number, Pair]>([
    [3, 16, [3, 3]],
    [300, 8, [1, 1]],
    [130, 9, [3, 1]],
    [7, 5, [5, 5]],
    [1, 1, [1, 1]],
  ])('filters, %i to %i channels', (channels, filters, kernel) => {
    const { geometry, out } = geometryOf({ kernel }, [17, 19]);
    expectSame(({ conv2dFilterGradient }) => ({
      dw: conv2dFilterGradient(
        image([2, 17, 19, channels], 1),
        image([2, ...out, filters], 2),
        [...kernel, channels, filters],
        geometry,
      ),
    }));
  });

  it.each(windows)('input, %s', (_, window) => {
    const { kernel, geometry, out } = geometryOf(window, [9, 11]);
    expectSame(({ conv2dInputGradient }) => ({
      dx: conv2dInputGradient(image([2, ...out, 13], 1), image([...kernel, 8, 13], 2), [2, 9, 11, 8], geometry),
    }));
  });

  it.each([
    [1, 1],
    [5, 7],
    [12, 9],
    [1200, 20],
  ])('input and output of 1×1, %i to %i channels', (channels, filters) => {
    const { geometry } = geometryOf({ kernel: [1, 1] }, [7, 9]);
    const attrs = { strides: [1, 1], atrousRate: [1, 1], kernel: [1, 1], padding: 'valid', filters } as const;
    expectSame(({ conv2dInputGradient, ops }) => {
      const weights = image([1, 1, channels, filters], 2);
      const call = { inputs: [image([1, 7, 9, channels], 3)], shape: [1, 7, 9, filters], quirks: {} };
      return {
        dx: conv2dInputGradient(image([1, 7, 9, filters], 1), weights, [1, 7, 9, channels], geometry),
        y: ops.conv2d({ ...call, attrs: { ...attrs, useBias: false, activation: 'linear' }, params: { weights } }),
        biased: ops.conv2d({
          ...call,
          attrs: { ...attrs, useBias: true, activation: 'relu' },
          params: { weights, biases: vector(filters, 4) },
        }),
        linear: ops.conv2d({
          ...call,
          attrs: { ...attrs, useBias: true, activation: 'linear' },
          params: { weights, biases: vector(filters, 4) },
        }),
      };
    });
  });

  it.each(windows)('depthwise input, %s', (_, window) => {
    const { kernel, geometry, out } = geometryOf(window, [9, 11]);
    expectSame(({ depthwiseInputGradient }) => ({
      dx: depthwiseInputGradient(image([2, ...out, 23], 1), image([...kernel, 23, 1], 2), [2, 9, 11, 23], geometry),
    }));
  });

  it.each(windows)('depthwise filters, %s', (_, window) => {
    const { kernel, geometry, out } = geometryOf(window, [9, 11]);
    expectSame(({ depthwiseFilterGradient }) => ({
      dw: depthwiseFilterGradient(image([2, 9, 11, 23], 1), image([2, ...out, 23], 2), [...kernel, 23, 1], geometry),
    }));
  });

  it('depthwise filters, several a channel', () => {
    const { geometry } = geometryOf({}, [5, 6]);
    expectSame(({ depthwiseFilterGradient }) => ({
      dw: depthwiseFilterGradient(image([1, 5, 6, 4], 1), image([1, 5, 6, 8], 2), [3, 3, 4, 2], geometry),
    }));
  });
});

describe('batch normalisation on the memory of tfjs', () => {
  // odd numbers of pixels and channels, and enough pixels for several blocks
  const shapes: Shape[] = [
    [2, 9, 11, 8],
    [3, 7, 13, 5],
    [1, 1, 1, 3],
  ];

  it.each(shapes)('normalises by the statistics of [%i, %i, %i, %i]', (...shape) => {
    expectSame(({ normalizeBatch }) => ({
      ...normalizeBatch(image(shape, 1, 2, 5), vector(shape[3], 2), vector(shape[3], 3), 1e-3),
    }));
  });

  it('keeps a small spread far from zero', () => {
    const x = image([2, 9, 11, 4], 1, 999.99, 1000.01);
    tidy(() => {
      const { mean, variance } = ours.normalizeBatch(x, vector(4, 2), vector(4, 3), 1e-3);
      const numbers = x.dataSync();
      [0, 1, 2, 3].forEach((channel) => {
        const own = [...numbers].filter((_, i) => i % 4 === channel);
        const middle = own.reduce((a, b) => a + b) / own.length;
        const spread = own.reduce((sum, v) => sum + (v - middle) ** 2, 0) / own.length;
        expect(mean.dataSync()[channel]).toBeCloseTo(middle, 4);
        expect(Math.abs(variance.dataSync()[channel]! - spread) / spread).toBeLessThan(1e-2);
      });
    });
  });

  it.each(shapes.flatMap((shape) => [true, false].map((ofBatch) => [...shape, ofBatch] as const)))(
    'goes back through [%i, %i, %i, %i], statistics of the batch: %s',
    (n, height, width, channels, ofBatch) => {
      const shape: Shape = [n, height, width, channels];
      expectSame(({ batchNormGradient }) => ({
        ...batchNormGradient({
          x: image(shape, 1),
          dy: image(shape, 2),
          gamma: vector(channels, 3),
          beta: vector(channels, 6),
          activation: undefined,
          mean: vector(channels, 4, -0.1, 0.1),
          variance: vector(channels, 5, 0.2, 0.5),
          epsilon: 1e-3,
          ofBatch,
        }),
      }));
    },
  );

  it.each(['relu', 'relu6'] as const)('goes there and back together with %s', (activation) => {
    const shape: Shape = [2, 9, 11, 7];
    const [x, dy] = [image(shape, 1, -9, 9), image(shape, 2)];
    const [gamma, beta] = [vector(7, 3, 1, 5), vector(7, 4, 0, 3)];
    expectSame((kernels) => {
      const fuses = kernels.fusedActivations.has(activation);
      const norm = kernels.normalizeBatch(x, gamma, beta, 1e-3, fuses ? activation : undefined);
      const y = fuses ? norm.y : { relu, relu6 }[activation](norm.y);
      const call = { x, gamma, beta, mean: norm.mean, variance: norm.variance, epsilon: 1e-3, ofBatch: true };
      return {
        y,
        ...kernels.batchNormGradient({
          ...call,
          dy: fuses ? dy : kernels.activationGradient(activation, y, dy),
          activation: fuses ? activation : undefined,
        }),
      };
    });
  });

  it.each(shapes)('sums the channels of [%i, %i, %i, %i]', (...shape) => {
    expectSame(({ channelSums }) => ({ sums: channelSums(image(shape, 1)) }));
  });
});

describe('resizes and concatenations on the memory of tfjs', () => {
  const weights = (inExtent: number, outExtent: number): AxisWeights => ({
    inExtent,
    outExtent,
    each(out, add) {
      add(out % inExtent, 0.25);
      add((2 * out) % inExtent, 0.5 + out);
    },
  });

  it.each([1, 5, 8])('rows and columns of %i channels', (channels) => {
    expectSame(({ separableGradient }) => ({
      dx: separableGradient(image([2, 9, 11, channels], 1), weights(4, 9), weights(6, 11)),
    }));
  });

  it.each([
    [0, 3],
    [3, 9],
    [5, 8],
  ])('channels from %i on, %i of them', (begin, count) => {
    expectSame(({ sliceChannels }) => ({ dx: sliceChannels(image([2, 5, 3, 13], 1), begin, [2, 5, 3, count]) }));
  });
});

describe('max pools on the memory of tfjs', () => {
  const pools: readonly PoolGeometry[] = [
    { kernel: [3, 3], strides: [2, 2], pads: { top: 1, bottom: 1, left: 1, right: 1 } },
    { kernel: [2, 2], strides: [2, 2], pads: { top: 0, bottom: 1, left: 0, right: 1 } },
    { kernel: [3, 2], strides: [1, 1], pads: { top: 0, bottom: 0, left: 0, right: 0 } },
    { kernel: [2, 3], strides: [3, 4], pads: { top: 1, bottom: 0, left: 0, right: 2 } },
    { kernel: [16, 16], strides: [1, 1], pads: { top: 8, bottom: 8, left: 8, right: 8 } },
  ];

  it.each(pools)('%o', (geometry) => {
    const { kernel, strides, pads } = geometry;
    // few different numbers, so that many are equally large
    const x = round(image([2, 9, 11, 5], 1, -3, 3));
    const padded = pad(
      x,
      [
        [0, 0],
        [pads.top, pads.bottom],
        [pads.left, pads.right],
        [0, 0],
      ],
      -100,
    );
    const y = maxPool<Tensor4D>(padded, [...kernel], [...strides], 'valid');
    expectSame(({ maxPoolGradient }) => ({ dx: maxPoolGradient(x, y, image(y.shape, 2), geometry) }));
  });
});

describe('activations on the memory of tfjs', () => {
  it.each(['relu', 'relu6', 'leakyRelu', 'hardSigmoid', 'sigmoid', 'hardSwish', 'silu'] as const)('%s', (fn) => {
    const at = image([1, 5, 7, 3], 1, -8, 8);
    at.bufferSync().set(0, 0, 0, 0, 0);
    expectSame(({ activationGradient }) => ({ dx: activationGradient(fn, at, image([1, 5, 7, 3], 2)) }));
  });
});
