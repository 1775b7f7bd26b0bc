import * as all from '@atrous/runtime-reference';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual(['kernels', 'referenceRuntime', 'runGraph']);
});
