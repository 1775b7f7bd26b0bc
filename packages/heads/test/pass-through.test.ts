import { passThrough } from '@atrous/heads';
import { testHead } from '@atrous/testing';
import { expect, it } from 'vitest';
import { buildHead } from './support.ts';

testHead(passThrough);

it('gives the level as it is', () => {
  expect(buildHead(passThrough()).outputs).toEqual({ out: 'stage5' });
  expect(buildHead(passThrough({ input: 'c2' })).outputs).toEqual({ out: 'stage2' });
});
