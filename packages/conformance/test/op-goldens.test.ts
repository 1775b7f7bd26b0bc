import { referenceRuntime } from '@atrous/runtime-reference';
import { goldensFolder } from '@atrous/testing';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runGoldens, type GoldenOptions, type GoldenResult } from '../src/index.ts';

const folder = goldensFolder();

async function collect(options: GoldenOptions): Promise<GoldenResult[]> {
  const results = [];
  for await (const result of runGoldens(options)) results.push(result);
  return results;
}

describe.skipIf(folder === undefined)('op goldens on the reference runtime', () => {
  const options = { folder: folder ?? '', runtime: referenceRuntime() };
  const files = folder === undefined ? [] : readdirSync(join(folder, 'ops')).filter((file) => file.endsWith('.json'));
  const families = files.map((file) => file.replace('.json', ''));

  it.each(families)('%s', async (family) => {
    const results = await collect({ ...options, filter: `ops/${family}` });
    expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });
});
