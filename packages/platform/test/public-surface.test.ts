import * as gpu from '@atrous/platform/gpu';
import * as threads from '@atrous/platform/threads';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(gpu).toSorted()).toEqual([
    ...[
      'BUFFER_USAGE',
      'MAP_READ',
      'describeAdapter',
      'findGpu',
      'isPlainNode',
      'loadDawn',
      'mayHaveCard',
      'requestAdapter',
    ],
    ...['requestDevice', 'watchDevice'],
  ]);
  expect(Object.keys(threads).toSorted()).toEqual([
    ...['aloneWith', 'countCores', 'createArena', 'kernelModule', 'resolveThreads', 'startCrew'],
  ]);
});
