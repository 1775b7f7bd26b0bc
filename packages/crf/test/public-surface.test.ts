import * as all from '@atrous/crf';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual(['energiesFromProbabilities']);
});
