import {
  classIou,
  createConfusionMatrix,
  frequencyWeightedIou,
  meanAccuracy,
  meanIou,
  pixelAccuracy,
} from '@atrous/metrics';
import { expect, it } from 'vitest';

/** Numbers 0 … 1 that are the same in every run (Park and Miller 1988). */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

type Pixel = readonly [truth: number, predicted: number];

/** The definitions, on sets of pixels instead of a matrix. */
function definitions(all: readonly Pixel[], numClasses: number, ignore: number) {
  const pixels = all.filter(([truth]) => truth !== ignore);
  const ids = [...Array(numClasses).keys()];
  const shares = ids.map((id) => {
    const either = pixels.filter((pixel) => pixel.includes(id));
    const both = either.filter(([truth, predicted]) => truth === predicted);
    const inTruth = pixels.filter(([truth]) => truth === id);
    return {
      iou: both.length / either.length,
      recall: both.length / inTruth.length,
      weight: inTruth.length / pixels.length,
    };
  });
  const nanMean = (values: readonly number[]) => {
    const present = values.filter((value) => !Number.isNaN(value));
    return present.length === 0 ? null : present.reduce((sum, value) => sum + value, 0) / present.length;
  };
  return {
    accuracy: pixels.filter(([truth, predicted]) => truth === predicted).length / pixels.length,
    meanAccuracy: nanMean(shares.map(({ recall }) => recall)),
    ious: shares.map(({ iou }) => (Number.isNaN(iou) ? null : iou)),
    both: nanMean(shares.map(({ iou }) => iou)),
    truth: nanMean(shares.filter(({ weight }) => weight > 0).map(({ iou }) => iou)),
    zero: nanMean(shares.map(({ iou }) => iou || 0)),
    weighted: shares.filter(({ weight }) => weight > 0).reduce((sum, { weight, iou }) => sum + weight * iou, 0),
  };
}

it.each(Array.from({ length: 40 }, (_, i) => i + 1))('equals the definitions on random masks %i', (seed) => {
  const random = generator(seed);
  const numClasses = 1 + Math.floor(random() * 9);
  // Few classes in few pixels: some are absent from the truth, some from the prediction, some from both.
  const draw = () => Math.floor(random() ** 2 * numClasses);
  const images = Array.from({ length: 3 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 12) }, (): Pixel => [random() < 0.2 ? 255 : draw(), draw()]),
  );
  images.push([[0, draw()]]);
  const matrix = createConfusionMatrix(numClasses, { ignoreLabel: 255 });
  for (const image of images)
    matrix.add(
      image.map(([truth]) => truth),
      image.map(([, predicted]) => predicted),
    );
  const expected = definitions(images.flat(), numClasses, 255);
  expect(classIou(matrix)).toEqual(expected.ious);
  expect(pixelAccuracy(matrix)).toBeCloseTo(expected.accuracy, 12);
  expect(meanAccuracy(matrix)).toBeCloseTo(expected.meanAccuracy!, 12);
  expect(meanIou(matrix, { absent: 'exclude-both' })).toBeCloseTo(expected.both!, 12);
  expect(meanIou(matrix, { absent: 'exclude-truth' })).toBeCloseTo(expected.truth!, 12);
  expect(meanIou(matrix, { absent: 'zero' })).toBeCloseTo(expected.zero!, 12);
  expect(frequencyWeightedIou(matrix)).toBeCloseTo(expected.weighted, 12);
});
