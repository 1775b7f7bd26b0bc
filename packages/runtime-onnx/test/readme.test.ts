import { runReadmeSnippet } from '@atrous/testing';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the snippet of the README runs', async () => {
  const printed = await runReadmeSnippet(fileURLToPath(new URL('..', import.meta.url)));
  expect(printed).toEqual(['onnxruntime-node 1.30.0, cpu, threads: 1', '1,2,2,1 2.5,4.5,10.5,12.5', 'true']);
});
