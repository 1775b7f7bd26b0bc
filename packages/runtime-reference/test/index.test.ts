import { expect, it } from 'vitest';
import * as surface from '../src/index.ts';

it('exports what it says, and nothing else', () => {
  expect(Object.keys(surface).toSorted()).toEqual(['kernels', 'referenceRuntime', 'runGraph']);
});
