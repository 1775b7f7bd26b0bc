import { runSnippet } from '@atrous/testing';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

it('learns a CRF that is better than the preset, which is better than none', async () => {
  // The snippet is bundled before it runs, so that the network's files are no longer beside the script.
  const from = JSON.stringify(pathToFileURL(path('packages/street/bundle')).href);
  const printed = await runSnippet(path('docs/guides/learning-the-crf.md'), {
    'streetBundle()': `streetBundle({ from: ${from} })`,
  });
  const [network, preset, learnt] = printed.map((line) => Number(/: ([\d.]+) %/.exec(line)?.[1]));
  expect(preset).toBeGreaterThan(network! + 1);
  expect(learnt).toBeGreaterThan(preset! + 1);
});
