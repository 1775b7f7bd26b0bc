import { readFile } from 'node:fs/promises';
import { runSnippet } from '@atrous/testing';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

// Snippets are bundled before they run, so that the network's files are no longer beside the script.
const from = JSON.stringify(pathToFileURL(path('packages/street/bundle')).href);
const run = (guide: string): Promise<readonly string[]> =>
  runSnippet(path(`docs/guides/${guide}.md`), { 'streetBundle()': `streetBundle({ from: ${from} })` });

it('learns a CRF that is better than the preset, which is better than none', async () => {
  const printed = await run('learning-the-crf');
  const [network, preset, learnt] = printed.map((line) => Number(/: ([\d.]+) %/.exec(line)?.[1]));
  expect(preset).toBeGreaterThan(network! + 1);
  expect(learnt).toBeGreaterThan(preset! + 1);
});

it('says which presets help the network that comes along', async () => {
  const printed = await run('dense-crf');
  console.info(printed.join('\n'));
  const guide = await readFile(path('docs/guides/dense-crf.md'), 'utf8');
  const numbersOf = (lines: string) => [...lines.matchAll(/([\d.]+) %/g)].map(([, number]) => Number(number));
  const promised = /^network: .*\ndeeplab-v1: .*\ndeeplab-v2: .*\npydensecrf-example: .*$/m.exec(guide)?.[0] ?? '';
  const [actual, expected] = [printed.join('\n'), promised].map(numbersOf);
  expect(expected).toHaveLength(8);
  expect(actual).toHaveLength(8);
  actual!.forEach((number, i) => expect(Math.abs(number - expected![i]!)).toBeLessThan(0.3));
});
