import * as threads from '@atrous/platform/threads';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(threads).toSorted()).toEqual([
    ...['aloneWith', 'countCores', 'createArena', 'kernelModule', 'resolveThreads', 'startCrew'],
  ]);
});
