import { referenceRuntime } from '@atrous/runtime-reference';
import { cpu } from '@atrous/runtime-tfjs/cpu';
import { wasm } from '@atrous/runtime-tfjs/wasm';
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
    const values = results.filter(({ id }) => !id.endsWith('/gradients'));
    expect(values.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(values.length).toBeGreaterThan(0);
  });
});

describe.skipIf(folder === undefined).each([wasm(), cpu()])('gradients of op goldens on $name', (runtime) => {
  it('all agree', { timeout: 60_000 }, async () => {
    const results = await collect({ folder: folder ?? '', runtime, filter: '/gradients' });
    const ops = results.filter(({ id }) => id.startsWith('ops/'));
    expect(ops.filter(({ status }) => status !== 'passed')).toEqual([]);
    expect(ops.length).toBeGreaterThan(0);
  });
});
