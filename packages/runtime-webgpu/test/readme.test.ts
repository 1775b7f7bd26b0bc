import { runSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { describeOnGpu } from './support/on-gpu.ts';

describeOnGpu('the README', () => {
  it('has a snippet that runs', async () => {
    const file = fileURLToPath(new URL('../README.md', import.meta.url));
    const printed = await runSnippet(file, { 'webgpu()': 'webgpu({ software: true })' });
    expect(printed).toEqual(['there is a GPU', '1,2,2,3 7.5,8.5,9.5']);
  });
});
