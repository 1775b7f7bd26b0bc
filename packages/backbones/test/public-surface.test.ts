import * as all from '@atrous/backbones';
import * as mobile from '@atrous/backbones/mobilenet-v2';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all)).toEqual(['mobilenetV2']);
  expect(Object.keys(mobile)).toEqual(['mobilenetV2']);
});
