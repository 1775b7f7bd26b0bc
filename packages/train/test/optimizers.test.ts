import { adamW, sgd, type Optimizer } from '@atrous/train';
import { ready, setBackend, tensor1d, zerosLike, type Tensor } from '@tensorflow/tfjs';
import { beforeAll, expect, it } from 'vitest';

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

const GRADIENTS = [
  [0.5, -1],
  [0.25, 2],
  [-1, 0.125],
];

/** The parameter after each gradient. */
function path(optimizer: Optimizer, rate: number, decay = 1): number[][] {
  let value: Tensor = tensor1d([1, -2]);
  let slots: readonly Tensor[] = optimizer.slots.map(() => zerosLike(value));
  return GRADIENTS.map((gradient, step) => {
    ({ value, slots } = optimizer.update({ value, gradient: tensor1d(gradient), slots, rate, decay, step }));
    return [...value.dataSync()];
  });
}

const close = (rows: readonly (readonly number[])[]) =>
  rows.map((row) => row.map((value) => expect.closeTo(value, 5) as number));

it('sgd follows the rule of PyTorch', () => {
  // by hand: v = 0.9 v + g + 0.1 p; p -= 0.1 v
  expect(path(sgd({ momentum: 0.9, weightDecay: 0.1 }), 0.1)).toEqual(
    close([
      [0.94, -1.88],
      [0.8516, -1.9532],
      [0.863524, -2.012048],
    ]),
  );
});

it('sgd without decay or momentum is plain descent', () => {
  expect(path(sgd({ momentum: 0, weightDecay: 0.1 }), 1, 0)).toEqual(
    close([
      [0.5, -1],
      [0.25, -3],
      [1.25, -3.125],
    ]),
  );
});

it('adamW moves by the rate at first, whatever the size of the gradient, and decays apart from it', () => {
  expect(path(adamW({ weightDecay: 0 }), 0.1)[0]).toEqual(close([[0.9, -1.9]])[0]);
  expect(path(adamW({ weightDecay: 0.5 }), 0.1)[0]).toEqual(close([[0.85, -1.8]])[0]);
  // means of two steps, without their bias: m = (0.9 g1 + g2) / 1.9, v = (0.999 g1² + g2²) / 1.999
  const [, second] = path(adamW({ weightDecay: 0 }), 0.1);
  const mean = (0.9 * 0.5 + 0.25) / 1.9;
  const square = (0.999 * 0.25 + 0.0625) / 1.999;
  expect(second?.[0]).toBeCloseTo(0.9 - (0.1 * mean) / Math.sqrt(square), 5);
});
