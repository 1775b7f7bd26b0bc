import * as train from '@atrous/train';
import * as node from '@atrous/train/node';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(train).toSorted()).toEqual([
    'TrainingError',
    'adamW',
    'atLabelSize',
    'atLeast',
    'atLogitsSize',
    'blockOutputs',
    'classifiersOf',
    'cosine',
    'createEvaluator',
    'crossEntropy',
    'decodeCheckpoint',
    'dice',
    'encodeCheckpoint',
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
    'trainCrf',
    'trainedParameters',
    'transferWeights',
    'warmUp',
    'withClasses',
  ]);
  expect(Object.keys(node)).toEqual(['openCheckpointFolder']);
});
