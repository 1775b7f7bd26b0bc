import type { Runtime } from '@atrous/core';
import { parseGoldenTensors } from '@atrous/testing/golden';
import { describe, expect, inject, it } from 'vitest';
import { checkRun, compileNetwork } from '../../src/goldens/check-network.ts';
import { parseNetworkFile } from '../../src/goldens/network-file.ts';
import { networkCases } from '../../src/networks/index.ts';
import { familySample } from './family-sample.ts';
import { goldenFile } from './golden-file.ts';

async function check(runtime: Runtime, name: string, size: string): Promise<string> {
  const file = parseNetworkFile(await (await goldenFile(`networks/${name}/case.json`)).text());
  const known = networkCases.find((candidate) => candidate.matches(file.description));
  const run = file.runs.find(({ id }) => id === size);
  if (known === undefined || run === undefined) throw new Error(`nothing here runs ${name} at ${size}`);
  const manifest = await (await goldenFile(`networks/${name}/${file.manifest}`)).text();
  const stored = parseGoldenTensors(
    new Uint8Array(await (await goldenFile(`networks/${name}/${run.file}`)).arrayBuffer()),
  );
  const executable = await compileNetwork(runtime, await known.build(file.description), file, manifest);
  try {
    return await checkRun(executable, run, file, stored);
  } finally {
    executable.dispose();
  }
}

/** Runs a network of every family on a runtime, against the outputs of its reference. */
export function testGoldenNetworks(runtime: Runtime): void {
  describe.skipIf(inject('goldensFolder') === '')(`a network of every family on "${runtime.name}"`, () => {
    it.each(familySample)('%s', { timeout: 600_000 }, async (id) => {
      const [name = '', size = ''] = id.split('/');
      expect(await check(runtime, name, size)).toContain('off by');
    });
  });
}
