import { createGraphBuilder, createRandom, type CornerRule } from '@atrous/core';
import { fusedKernels } from '@atrous/runtime-tfjs';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { atLabelSize, crossEntropy, type CrossEntropyOptions, type Loss } from '@atrous/train';
import { tensor3d, tensor4d, tidy, valueAndGrad, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';

beforeAll(async () => {
  const builder = createGraphBuilder();
  const network = await wasm().trainable(
    builder.build({ logits: builder.activation(builder.input(), 'relu') }),
    new Map(),
  );
  await network.use(async () => undefined);
});

const CLASSES = 6;

function example(ignored = 255): { logits: Tensor4D; labels: Tensor3D } {
  const random = createRandom('logits');
  return {
    logits: tensor4d(
      Float32Array.from({ length: 2 * 4 * 5 * CLASSES }, () => random.uniform(-30, 30)),
      [2, 4, 5, CLASSES],
    ),
    labels: tensor3d(
      Int32Array.from({ length: 2 * 13 * 11 }, () => random.pick([1, 2, 3, 4, 5, ignored])),
      [2, 13, 11],
      'int32',
    ),
  };
}

/** Value and gradient of twice the loss, so that what flows back is not 1. */
function evaluate(loss: Loss, ignored: number | undefined): readonly number[] {
  return tidy(() => {
    const { logits, labels } = example(ignored);
    const { value, grad } = valueAndGrad((x) => loss(x as Tensor4D, labels).mul(2))(logits);
    return [...value.dataSync(), ...grad.dataSync()];
  });
}

/** The same loss without its faster way. */
const composed =
  (loss: Loss): Loss =>
  (logits, labels) =>
    loss(logits, labels);

const options: readonly (CrossEntropyOptions & { readonly corners?: CornerRule })[] = [
  {},
  { corners: 'halfPixel' },
  { corners: 'asymmetric' },
  { corners: 'deconvolution' },
  { ignoreLabel: 0 },
  { classWeights: [1, 0.5, 0, 3, 2, 1] },
  { labelSmoothing: 0.1 },
  { labelSmoothing: 0.3, classWeights: [1, 0.5, 0, 3, 2, 1] },
  { normalization: 'none' },
  { normalization: 'pixels' },
  { normalization: 'non-zero-weights', classWeights: [1, 0.5, 0, 3, 2, 1] },
  { normalization: 'weights-and-images' },
];

describe('cross-entropy at the size of the labels, on WASM', () => {
  it('has a kernel', () => {
    expect(fusedKernels().crossEntropy).toBeDefined();
  });

  it.each(options)('equals its composition: %o', ({ corners = 'alignCorners', ...rest }) => {
    const loss = crossEntropy(rest);
    const expected = evaluate(atLabelSize(composed(loss), corners), rest.ignoreLabel);
    const scale = Math.max(...expected.slice(1).map(Math.abs));
    const [value, ...gradient] = evaluate(atLabelSize(loss, corners), rest.ignoreLabel);
    expect(Math.abs(value! - expected[0]!)).toBeLessThan(1e-5 * expected[0]!);
    expect(Math.max(...gradient.map((x, i) => Math.abs(x - expected[i + 1]!)))).toBeLessThan(1e-5 * scale);
  });

  it('is 0 where nothing counts', () => {
    const { logits } = example();
    const labels = tensor3d(new Int32Array(2 * 13 * 11).fill(255), [2, 13, 11], 'int32');
    const { value, grad } = valueAndGrad((x) => atLabelSize(crossEntropy())(x as Tensor4D, labels))(logits);
    expect([value.dataSync()[0], Math.max(...grad.dataSync().map(Math.abs))]).toEqual([0, 0]);
  });

  it('refuses the wrong number of class weights', () => {
    const { logits, labels } = example();
    expect(() => atLabelSize(crossEntropy({ classWeights: [1] }))(logits, labels)).toThrow('1 class weights');
  });
});
