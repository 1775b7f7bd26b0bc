import * as all from '@atrous/cli';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual(['main', 'run']);
});
