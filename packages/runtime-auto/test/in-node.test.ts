import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { auto } from '../src/index.ts';
import { expected, graph, image, weights } from './support/tiny-network.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runtime-auto-'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

it('measures the engines of this machine once and keeps what it found in the cache folder', async () => {
  const first = await auto().compile(graph, weights);
  expect(first.choice.measurements.map(({ runtime }) => runtime)).toEqual(expect.arrayContaining(['simd', 'onnx']));
  expect(['simd', 'onnx']).toContain(first.runtime);
  expect([...((await first.run(image)).logits?.data ?? [])]).toEqual(expected);
  first.dispose();
  expect((await readdir(join(folder, 'atrous', 'runtimes'))).length).toBe(1);

  const second = await auto().compile(graph, weights);
  expect(second.choice).toEqual({ ...first.choice, remembered: true });
  second.dispose();
});
