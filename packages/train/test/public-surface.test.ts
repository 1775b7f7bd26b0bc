import * as train from '@atrous/train';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(train).toSorted()).toEqual([
    'TrainingError',
    'adamW',
    'atLabelSize',
    'atLeast',
    'classifiersOf',
    'cosine',
    'createEvaluator',
    'crossEntropy',
    'dice',
    'focal',
    'focalOfMean',
    'hardPixelCrossEntropy',
    'held',
    'initialWeights',
    'jaccard',
    'lovasz',
    'moveStatistics',
    'normalizeBatch',
    'poly',
    'sgd',
    'slowStart',
    'stepwise',
    'train',
    'trainedParameters',
    'warmUp',
  ]);
});
