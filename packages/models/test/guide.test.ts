import { runSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the guide to the networks of the papers runs as it is typed', async () => {
  const guide = fileURLToPath(new URL('../../../docs/guides/networks-of-the-papers.md', import.meta.url));
  expect(await runSnippet(guide)).toEqual([
    'v1: 20.51 M parameters, 128.6 G multiply-adds',
    'dilation10: 134.38 M parameters, 117.9 G multiply-adds',
    'v2: 44.05 M parameters, 344.9 G multiply-adds',
    'hdc: 65.04 M parameters, 284.6 G multiply-adds',
    'deeper: 95.43 M parameters, 117.1 G multiply-adds',
    'v3: 58.16 M parameters, 76.1 G multiply-adds',
    'v3plus: 41.06 M parameters, 54.0 G multiply-adds',
    'denser: 41.06 M parameters, 176.9 G multiply-adds',
    'true',
    'true false',
  ]);
});
