import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('runs the snippet of the README', async () => {
  expect(await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)))).toEqual([
    ['matched    2', 'reshaped   0', 'missing    0', 'unexpected 0'].join('\n'),
    '1 4 2 5 3 6',
  ]);
});
