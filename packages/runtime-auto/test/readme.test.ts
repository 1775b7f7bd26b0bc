import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('runs the snippet of the README', async () => {
  expect(await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)))).toEqual(['2.5 true']);
});
