import {
  atLabelSize,
  crossEntropy,
  dice,
  focal,
  focalOfMean,
  hardPixelCrossEntropy,
  jaccard,
  lovasz,
  type Loss,
} from '@atrous/train';
import {
  grad,
  memory,
  ready,
  setBackend,
  tensor3d,
  tensor4d,
  tidy,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';

beforeAll(async () => {
  await setBackend('cpu');
  await ready();
});

const SHAPE = [1, 2, 3, 3] as const;
const VALUES = [0.3, -1.2, 2, 1.1, 0.4, -0.7, 0, 0.9, 0.2, -0.5, 1.7, 0.6, 2.2, -0.1, 0.8, 0.05, 0.15, -2];
const IDS = [2, 0, 1, 255, 1, 0];

const logitsOf = (values: readonly number[]): Tensor4D => tensor4d([...values], [...SHAPE]);
const labelsOf = (ids: readonly number[]): Tensor3D => tensor3d([...ids], [1, 2, 3], 'int32');
const valueOf = (loss: Loss, values: readonly number[] = VALUES, ids = IDS): number =>
  tidy(() => loss(logitsOf(values), labelsOf(ids)).dataSync()[0]!);
const gradientOf = (loss: Loss, values: readonly number[] = VALUES, ids = IDS): number[] =>
  tidy(() => [...grad((x) => loss(x as Tensor4D, labelsOf(ids)))(logitsOf(values)).dataSync()]);

const losses: Readonly<Record<string, Loss>> = {
  'cross-entropy': crossEntropy(),
  'weighted cross-entropy': crossEntropy({ classWeights: [1, 2, 0.5], labelSmoothing: 0.2 }),
  focal: focal({ gamma: 1.5 }),
  'focal of the mean': focalOfMean({ gamma: 1.5 }),
  'hard pixels below a threshold': hardPixelCrossEntropy({ threshold: 0.5, minKept: 2 }),
  'hardest half': hardPixelCrossEntropy({ fraction: 0.5 }),
  dice: dice(),
  jaccard: jaccard(),
  lovász: lovasz(),
};

describe.each(Object.entries(losses))('%s', (_, loss) => {
  it('has the gradient that finite differences have', () => {
    // small enough that no two errors change places, where Lovász's loss has a kink
    const step = 0.002;
    const gradient = gradientOf(loss);
    for (const i of VALUES.keys()) {
      const at = (offset: number) => valueOf(loss, VALUES.with(i, VALUES[i]! + offset));
      expect(gradient[i]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 3);
    }
  });

  it('does not see ignored pixels', () => {
    const start = IDS.indexOf(255) * 3;
    const changed = VALUES.map((value, i) => (i >= start && i < start + 3 ? 3 - value : value));
    expect(valueOf(loss, changed)).toBe(valueOf(loss));
    expect(gradientOf(loss).slice(start, start + 3)).toEqual([0, 0, 0].map((zero) => expect.closeTo(zero) as number));
  });

  it('is finite, and so is its gradient, where the network is certain or nothing counts', () => {
    const certain = VALUES.map((_value, i) => (i % 3 === IDS[Math.floor(i / 3)] ? 90 : -90));
    const nothing = IDS.map(() => 255);
    for (const numbers of [
      [valueOf(loss, certain), ...gradientOf(loss, certain)],
      [valueOf(loss, VALUES, nothing), ...gradientOf(loss, VALUES, nothing)],
    ])
      expect(numbers.every((value) => Number.isFinite(value))).toBe(true);
  });

  it('leaves no tensor behind', () => {
    const before = memory().numTensors;
    gradientOf(loss);
    expect(memory().numTensors).toBe(before);
  });

  it('refuses labels of another size', () => {
    expect(() => tidy(() => loss(logitsOf(VALUES), tensor3d([0, 1], [1, 1, 2], 'int32')))).toThrowError(
      /labels are \[1, 1, 2\], logits \[1, 2, 3, 3\]/,
    );
  });
});

it('jaccard is 1 less intersection over union where the network is certain', () => {
  // Class 0: both of two pixels, one too many (2 / 3). Class 1: one of two (1 / 2). Class 2: right.
  const predicted = [2, 0, 0, 1, 1, 0];
  const certain = VALUES.map((_value, i) => (i % 3 === predicted[Math.floor(i / 3)] ? 50 : -50));
  expect(valueOf(jaccard(), certain)).toBeCloseTo(1 - (2 / 3 + 1 / 2 + 1) / 3, 4);
  expect(valueOf(lovasz(), certain)).toBeCloseTo(1 - (2 / 3 + 1 / 2 + 1) / 3, 4);
});

it('cross-entropy refuses weights that are not one per class', () => {
  expect(() => valueOf(crossEntropy({ classWeights: [1, 2] }))).toThrowError(/2 class weights and 3 classes/);
});

describe.each(['alignCorners', 'halfPixel', 'asymmetric', 'deconvolution'] as const)(
  'at label size by %s',
  (corners) => {
    it('has the gradient that finite differences have', () => {
      const loss = atLabelSize(crossEntropy(), corners);
      const labels = [0, 1, 2, 2, 1, 255, 0, 0, 1, 2, 0, 1, 1, 1, 0];
      const value = (values: readonly number[]) =>
        tidy(() => loss(logitsOf(values), tensor3d([...labels], [1, 3, 5], 'int32')).dataSync()[0]!);
      const gradient = tidy(() => [
        ...grad((x) => loss(x as Tensor4D, tensor3d([...labels], [1, 3, 5], 'int32')))(logitsOf(VALUES)).dataSync(),
      ]);
      for (const i of VALUES.keys())
        expect(gradient[i]).toBeCloseTo(
          (value(VALUES.with(i, VALUES[i]! + 0.01)) - value(VALUES.with(i, VALUES[i]! - 0.01))) / 0.02,
          3,
        );
    });
  },
);
