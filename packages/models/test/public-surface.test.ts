import * as all from '@atrous/models';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'buildModel',
    'deeplabV1',
    'deeplabV2',
    'deeplabV3',
    'deeplabV3Plus',
    'dilatedContext',
    'dilatedFrontEnd',
    'liteRaspp',
    'models',
    'multiScale',
    'presets',
    'variants',
  ]);
});
