import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the snippet of the README runs', async () => {
  const printed = await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)));
  expect(printed).toEqual(['WebAssembly with SIMD, one thread', '1,2,2,3 7.5,8.5,9.5']);
});
