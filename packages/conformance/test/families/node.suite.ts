import { goldensFolder } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { runGoldens, type GoldenResult } from '../../src/index.ts';
import { loadRuntime } from '../../src/runtimes.ts';
import { familySample, slowFamilySample } from './family-sample.ts';

const folder = goldensFolder() ?? '';

const samples = { cpu: [...familySample, ...slowFamilySample], webgpu: familySample };

for (const [name, sample] of Object.entries(samples)) {
  const runtime = await loadRuntime(name);
  const here = await runtime.available();
  if (!here.available) console.warn(`skipped: ${name} in Node, ${here.reason}`);

  describe.skipIf(folder === '' || !here.available)(`a network of every family on "${name}" in Node`, () => {
    it.each(sample)('%s', { timeout: 600_000 }, async (run) => {
      const id = `networks/${run}`;
      const results: GoldenResult[] = [];
      for await (const result of runGoldens({ folder, runtime, filter: id })) results.push(result);
      expect(results).toEqual([{ id, status: 'passed', detail: results[0]?.detail }]);
    });
  });
}
