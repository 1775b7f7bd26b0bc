import { runSnippet } from '@atrous/testing';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';

const path = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));

it('runs the snippet of the README', async () => {
  // The snippet is bundled before it runs, so that the package's files are no longer beside the script.
  const from = JSON.stringify(pathToFileURL(path('bundle')).href);
  const printed = await runSnippet(path('README.md'), { 'streetBundle()': `streetBundle({ from: ${from} })` });
  expect(printed.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['Road', 'Sky', 'Building']));
});
