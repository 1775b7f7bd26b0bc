import type { Runtime } from '@atrous/core';
import { parseGoldenTensors } from '@atrous/testing/golden';
import { describe, expect, inject, it } from 'vitest';
import { families } from '../../src/goldens/families.ts';
import type { GoldenResult } from '../../src/goldens/golden-result.ts';
import { runOpFamily, type OpFamilyFile } from '../../src/goldens/op-family-file.ts';
import { goldenFile } from './golden-file.ts';

async function runFamily(runtime: Runtime, name: string): Promise<readonly GoldenResult[]> {
  const content = JSON.parse(await (await goldenFile(`ops/${name}.json`)).text()) as OpFamilyFile;
  const results: GoldenResult[] = [];
  const call = {
    ...{ name, content, runtime },
    wanted: () => true,
    readTensors: async (file: string) =>
      parseGoldenTensors(new Uint8Array(await (await goldenFile(`ops/${file}`)).arrayBuffer())),
  };
  for await (const result of runOpFamily(call)) results.push(result);
  return results;
}

/** Runs every op and loss on a runtime, forwards and back, against the numbers of their references. */
export function testGoldenOps(runtime: Runtime): void {
  describe.skipIf(inject('goldensFolder') === '')(`ops and their gradients on "${runtime.name}"`, () => {
    it.each(Object.keys(families))('%s', { timeout: 600_000 }, async (family) => {
      const results = await runFamily(runtime, family);
      expect(results.filter(({ status }) => status !== 'passed')).toEqual([]);
      expect(results.length).toBeGreaterThan(0);
    });
  });
}
