import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { runReadmeSnippet } from '../src/index.ts';

it('runs the snippet of the README', async () => {
  expect(await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)))).toEqual(['0.5980662703514099', '0.5']);
});
