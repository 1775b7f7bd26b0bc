import * as all from '@atrous/heads';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'aspp',
    'asppSum',
    'cascade',
    'contextModule',
    'decoder',
    'densePredictionCell',
    'duc',
    'fcn',
    'identityContextWeights',
    'largeFov',
    'lrAspp',
    'multiScaleFeatures',
    'passThrough',
    'pyramidPooling',
  ]);
});
