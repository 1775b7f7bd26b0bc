import * as all from '@atrous/crf';
import * as exact from '@atrous/crf/exact';
import * as lattice from '@atrous/crf/lattice';
import * as webgpu from '@atrous/crf/webgpu';
import { expect, it } from 'vitest';

it('exports exactly these values', () => {
  expect(Object.keys(all).toSorted()).toEqual([
    'createDenseCrf',
    'crfPresets',
    'denseCrf',
    'energiesFromLabels',
    'energiesFromLogits',
    'energiesFromProbabilities',
  ]);
  expect(Object.keys(exact)).toEqual(['exact']);
  expect(Object.keys(lattice)).toEqual(['lattice']);
  expect(Object.keys(webgpu)).toEqual(['webgpu']);
});
