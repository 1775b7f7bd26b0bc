import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('runs the snippet of the README', async () => {
  expect(await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)))).toEqual([
    '0.3186',
    '-0.077,0.077,0.038,-0.038',
    '0.00700,0.00375,0.00000',
  ]);
});
