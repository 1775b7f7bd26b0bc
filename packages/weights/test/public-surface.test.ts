import * as weights from '@atrous/weights';
import * as node from '@atrous/weights/node';
import { expect, it } from 'vitest';

// The name maps are listed by their own tests.
it('exports the readers, the import and the bundles', () => {
  expect(Object.keys(weights)).toEqual(
    expect.arrayContaining([
      'createBundle',
      'decodeBundle',
      'detectNameMap',
      'encodeBundle',
      'fetchBundle',
      'formatImportReport',
      'importWeights',
      'readCheckpoint',
      'readNpy',
      'readNpz',
      'readSafetensors',
      'readTflite',
      'recognizeNetwork',
      'storeAs',
      'writeSafetensors',
    ]),
  );
  expect(Object.keys(node).toSorted()).toEqual([
    'isUnfinished',
    'openCheckpoint',
    'readBundle',
    'replaceFile',
    'writeBundle',
  ]);
});
