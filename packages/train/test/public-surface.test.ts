import * as train from '@atrous/train';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(train).toSorted()).toEqual([
    'atLabelSize',
    'atLeast',
    'cosine',
    'crossEntropy',
    'dice',
    'focal',
    'focalOfMean',
    'hardPixelCrossEntropy',
    'held',
    'jaccard',
    'lovasz',
    'moveStatistics',
    'normalizeBatch',
    'poly',
    'slowStart',
    'stepwise',
    'warmUp',
  ]);
});
