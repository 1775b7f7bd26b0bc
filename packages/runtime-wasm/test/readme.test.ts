import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('runs the snippet of the README', async () => {
  expect(await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)))).toEqual([
    'WebAssembly with SIMD, 2 threads',
    '1,2,2,3 7.5,8.5,9.5',
  ]);
});
