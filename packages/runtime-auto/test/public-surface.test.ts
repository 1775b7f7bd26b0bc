import * as all from '../src/index.ts';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual(['auto', 'defaultCandidates', 'lazyRuntime']);
});
