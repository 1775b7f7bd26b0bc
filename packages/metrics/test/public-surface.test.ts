import * as all from '@atrous/metrics';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'classAccuracy',
    'classIou',
    'createConfusionMatrix',
    'frequencyWeightedIou',
    'meanAccuracy',
    'meanIou',
    'pixelAccuracy',
  ]);
});
