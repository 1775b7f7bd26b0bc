import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('runs the snippet of the README', async () => {
  expect(await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)))).toEqual([
    'c1 2 8',
    'c2 4 16',
    'c2Expanded 4 96',
    'c3 8 16',
    'c4 8 48',
    'c5 8 160',
  ]);
});
