import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { BenchReport } from '../src/bench/report.ts';
import { newFolder } from './image-zoo.ts';
import { LAME, pluginFile } from './plugin-file.ts';
import { atrous } from './run-atrous.ts';
import { writeTinyBundle } from './tiny-bundle.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await writeTinyBundle();
});

const bench = (...flags: readonly string[]) =>
  atrous(['bench', '--bundle', bundle, '--size', '97', '--runs', '3', '--warmup', '1', ...flags]);

describe('bench', () => {
  it('measures backends against the reference and writes JSON and a chart', async () => {
    const folder = newFolder();
    const svg = join(folder, 'r.svg');
    const { code, stdout, stderr } = await bench('--backends', 'wasm,reference', '--svg', svg, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = JSON.parse(stdout) as BenchReport;
    expect(report).toMatchObject({ network: 'tiny', comparedWith: 'reference', image: { width: 97, height: 97 } });
    expect(report.backends.map(({ backend, runs }) => [backend, runs])).toEqual([
      ['wasm', 3],
      ['reference', 3],
    ]);
    for (const { agreement } of report.backends) expect(agreement).toBeGreaterThanOrEqual(0.999);
    expect(readFileSync(svg, 'utf8')).toContain('reference');
  });

  it('says why a backend was skipped, and measures the others', async () => {
    const { code, stdout } = await bench('--plugin', pluginFile(LAME), '--backends', 'wasm,lame');
    expect(code).toBe(0);
    expect(stdout).toMatch(/wasm +[\d.,]+ +[\d.,]+/);
    expect(stdout).toMatch(/skipped lame: no legs \(grow some\)/);
    expect(stdout).toContain('Labels compared with wasm.');
  });

  it('stops after the time given, but not before one run', async () => {
    const { stdout } = await bench('--backends', 'wasm', '--seconds', '0', '--json');
    expect((JSON.parse(stdout) as BenchReport).backends[0]?.runs).toBe(1);
  });

  it.each([
    [['--backends', 'wasm,webgpux'], 'known: '],
    [['--runs', '0'], 'at least 1'],
    [['--image', 'x.jpg'], 'one of them'],
  ])('exits with 2 for %j', async (flags, expected) => {
    const { code, stderr } = await bench(...flags);
    expect(code).toBe(2);
    expect(stderr).toContain(expected);
  });
});
