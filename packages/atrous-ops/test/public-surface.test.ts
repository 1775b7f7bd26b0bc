import * as ops from '@atrous/atrous-ops';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(ops).toSorted()).toEqual([
    'checkChoice',
    'checkCount',
    'checkPositive',
    'checkShare',
    'convBlock',
    'depthwiseBlock',
    'imagePooling',
    'nominalRate',
    'scaleWidth',
    'separableBlock',
  ]);
});
