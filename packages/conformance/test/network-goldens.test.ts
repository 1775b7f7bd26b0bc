import { goldensFolder } from '@atrous/testing';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetworkFile } from '../src/goldens/read-network-file.ts';
import { networkCases, runGoldens, type GoldenResult } from '../src/index.ts';
import { loadRuntime } from '../src/runtimes.ts';

/** Pixels from which the interpreter would make the tests slow: those cases run on WASM. */
const LARGE = 200 * 200;

const folder = goldensFolder() ?? '';

/** Runs of all networks that are known here, with the runtime to prove them on. */
function knownRuns(): [id: string, runtime: string][] {
  const networks = join(folder, 'networks');
  if (folder === '' || !existsSync(networks)) return [];
  const files = readdirSync(networks)
    .map((name) => join(networks, name, 'case.json'))
    .filter((path) => existsSync(path))
    .map(readNetworkFile)
    .filter(({ description }) => networkCases.some((candidate) => candidate.matches(description)));
  return files.flatMap(({ description, runs }) =>
    runs.map(({ id, input: { shape } }): [string, string] => [
      `networks/${description.case}/${id}`,
      (shape[2] ?? 0) * (shape[3] ?? 0) < LARGE ? 'reference' : 'wasm',
    ]),
  );
}

const runs = knownRuns();

/** Networks trained for a few steps. */
const trained = existsSync(join(folder, 'networks'))
  ? readdirSync(join(folder, 'networks')).filter((name) => /^train_.*\.json$/.test(name))
  : [];

describe.skipIf(trained.length === 0)('networks in training', () => {
  it.each(trained)('%s on wasm', { timeout: 300_000 }, async (file) => {
    const id = `networks/${file.replace('.json', '')}`;
    const results: GoldenResult[] = [];
    for await (const result of runGoldens({ folder, runtime: await loadRuntime('wasm'), filter: id }))
      results.push(result);
    expect(results).toEqual([{ id, status: 'passed', detail: results[0]?.detail }]);
  });
});

describe.skipIf(runs.length === 0)('network goldens', () => {
  it.each(runs)('%s on %s', async (id, runtime) => {
    const results: GoldenResult[] = [];
    for await (const result of runGoldens({ folder, runtime: await loadRuntime(runtime), filter: id }))
      results.push(result);
    expect(results).toEqual([{ id, status: 'passed', detail: results[0]?.detail }]);
  });
});
