import * as ops from '@atrous/atrous-ops';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(ops).toSorted()).toEqual([
    'basicUnit',
    'bottleneckUnit',
    'checkChoice',
    'checkCount',
    'checkHybridDilation',
    'checkPositive',
    'checkShare',
    'convBlock',
    'convRelu',
    'depthwiseBlock',
    'fieldOfUnit',
    'griddingStacks',
    'hybridRates',
    'imagePooling',
    'maxHoles',
    'meanFeatures',
    'multiGridRates',
    'nominalRate',
    'planOutputStride',
    'scaleWidth',
    'separableBlock',
    'tapsOnMap',
  ]);
});
