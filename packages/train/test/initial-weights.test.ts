import { checkWeights, createGraphBuilder, type Graph, type Tensor } from '@atrous/core';
import { classifiersOf, initialWeights, trainedParameters } from '@atrous/train';
import { expect, it } from 'vitest';

function network(): Graph {
  const b = createGraphBuilder();
  const image = b.input();
  const conv = b.conv2d(image, { name: 'conv', filters: 64, kernel: 3 });
  const norm = b.batchNorm(conv, { name: 'norm' });
  const depthwise = b.depthwiseConv2d(norm, { name: 'depthwise', kernel: 3 });
  const scores = [6, 12].map((atrousRate) =>
    b.conv2d(depthwise, { name: `classifier${atrousRate}`, filters: 5, kernel: 3, atrousRate, useBias: true }),
  );
  return b.build({ logits: b.resizeBilinear(b.add(scores), { corners: 'halfPixel', like: image }) });
}

const deviation = ({ data }: Tensor): number =>
  Math.sqrt(Array.from(data, (value) => value * value).reduce((sum, square) => sum + square, 0) / data.length);

it('finds every classifier, through sums and resizes', () => {
  expect(classifiersOf(network()).map(({ name }) => name)).toEqual(['classifier6', 'classifier12']);
});

it('starts filters by the number of their outputs and classifiers small', () => {
  const weights = initialWeights(network(), { seed: 1 });
  checkWeights(network(), weights);
  expect(deviation(weights.get('conv/weights')!)).toBeCloseTo(Math.sqrt(2 / (9 * 64)), 2);
  expect(deviation(weights.get('depthwise/depthwise_weights')!)).toBeCloseTo(Math.sqrt(2 / (9 * 64)), 2);
  expect(deviation(weights.get('classifier6/weights')!)).toBeCloseTo(0.01, 3);
  expect(new Set(weights.get('norm/gamma')!.data)).toEqual(new Set([1]));
  expect(new Set(weights.get('norm/moving_variance')!.data)).toEqual(new Set([1]));
  expect(new Set(weights.get('norm/moving_mean')!.data)).toEqual(new Set([0]));
  expect(new Set(weights.get('classifier6/biases')!.data)).toEqual(new Set([0]));
});

it('gives the same weights for the same seed, others for another', () => {
  const [first, again, other] = [1, 1, 2].map((seed) => initialWeights(network(), { seed }).get('conv/weights')!.data);
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

it('moving statistics are not trained', () => {
  expect(trainedParameters(network()).map(({ name, role, node }) => [name, role, node])).toEqual([
    ['conv/weights', 'weights', 'conv'],
    ['norm/gamma', 'gamma', 'norm'],
    ['norm/beta', 'beta', 'norm'],
    ['depthwise/depthwise_weights', 'depthwiseWeights', 'depthwise'],
    ['classifier6/weights', 'weights', 'classifier6'],
    ['classifier6/biases', 'biases', 'classifier6'],
    ['classifier12/weights', 'weights', 'classifier12'],
    ['classifier12/biases', 'biases', 'classifier12'],
  ]);
});
