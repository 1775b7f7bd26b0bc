import type { Runtime } from '@atrous/core';
import { goldensFolder } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { runGoldens, summarize, type GoldenResult } from '../../src/index.ts';
import { loadRuntime } from '../../src/runtimes.ts';
import { familySample, slowFamilySample } from './family-sample.ts';

const folder = goldensFolder() ?? '';

async function collect(runtime: Runtime, filter: string): Promise<GoldenResult[]> {
  const results: GoldenResult[] = [];
  for await (const result of runGoldens({ folder, runtime, filter })) results.push(result);
  return results;
}

const samples = { cpu: [...familySample, ...slowFamilySample], webgpu: familySample };

for (const [name, sample] of Object.entries(samples)) {
  const runtime = await loadRuntime(name);
  const here = await runtime.available();
  if (!here.available) console.warn(`skipped: ${name} in Node, ${here.reason}`);

  describe.skipIf(folder === '' || !here.available)(`ops and a network of every family on "${name}" in Node`, () => {
    it('all ops', { timeout: 600_000 }, async () => {
      const results = await collect(runtime, 'ops/');
      expect(results.filter(({ status }) => status === 'failed')).toEqual([]);
      expect(summarize(results).passed).toBeGreaterThan(0);
    });

    it.each(sample)('%s', { timeout: 600_000 }, async (run) => {
      const id = `networks/${run}`;
      const results = await collect(runtime, id);
      expect(results).toEqual([{ id, status: 'passed', detail: results[0]?.detail }]);
    });
  });
}
