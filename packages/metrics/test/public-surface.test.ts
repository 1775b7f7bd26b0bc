import * as all from '@atrous/metrics';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'borderDistances',
    'boundaryF1',
    'classAccuracy',
    'classBoundaryF1',
    'classIou',
    'createBoundaryTally',
    'createConfusionMatrix',
    'createTrimap',
    'frequencyWeightedIou',
    'meanAccuracy',
    'meanIou',
    'pixelAccuracy',
  ]);
});
