import { fileURLToPath } from 'node:url';
import { runReadmeSnippet } from '@atrous/testing';
import { expect, it } from 'vitest';

it('the README snippet of core runs', async () => {
  const printed = await runReadmeSnippet(fileURLToPath(new URL('../../core', import.meta.url)));
  expect(printed).toHaveLength(3);
  expect(printed[1]).toBe('a unit sees 31 × 31 pixels, every 8');
});
