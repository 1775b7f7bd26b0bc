import { referenceRuntime } from '@atrous/runtime-reference';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runGoldens, summarize, type GoldenResult } from '../src/index.ts';

/** A safetensors file of float32 tensors. */
function safetensors(
  tensors: Readonly<Record<string, { shape: readonly number[]; values: readonly number[] }>>,
): Buffer {
  const header: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const bytes = Buffer.from(Float32Array.from(values).buffer);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + bytes.length] };
    offset += bytes.length;
    parts.push(bytes);
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...parts]);
}

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'goldens-'));
  mkdirSync(join(folder, 'ops'));
  mkdirSync(join(folder, 'networks/unheard_of'), { recursive: true });
  mkdirSync(join(folder, 'networks/torn'));
  writeFileSync(join(folder, 'networks/torn/case.json'), '{"case":"to');
  const shape = [1, 3];
  writeFileSync(
    join(folder, 'ops/activations.safetensors'),
    safetensors({
      'relu/x': { shape, values: [-1, 0, 2] },
      'relu/y': { shape, values: [0, 0, 2] },
      'relu6/x': { shape, values: [-1, 3, 8] },
      'relu6/y': { shape, values: [0, 3, 8] },
      'mish/x': { shape, values: [0, 0, 0] },
    }),
  );
  writeFileSync(
    join(folder, 'ops/activations.json'),
    JSON.stringify({
      family: 'activations',
      file: 'activations.safetensors',
      tolerance: 'abs 1e-6*max(1,|y|)',
      cases: [{ id: 'relu' }, { id: 'relu6' }, { id: 'mish' }, { id: 'silu' }],
    }),
  );
  writeFileSync(join(folder, 'ops/crystals.json'), JSON.stringify({ family: 'crystals', cases: [{ id: 'a' }] }));
  writeFileSync(
    join(folder, 'networks/unheard_of/case.json'),
    JSON.stringify({ case: 'unheard_of', runs: [{ id: '65x65' }, { id: '97x129' }] }),
  );
});

afterAll(() => rmSync(folder, { recursive: true }));

async function run(filter?: string): Promise<GoldenResult[]> {
  const results = [];
  const options = { folder, runtime: referenceRuntime(), ...(filter !== undefined && { filter }) };
  for await (const result of runGoldens(options)) results.push(result);
  return results;
}

it('tells right, wrong, incomplete and unknown cases of a folder apart', async () => {
  const results = await run();
  expect(results.map(({ id, status }) => `${status} ${id}`)).toEqual([
    'passed ops/activations/relu',
    'failed ops/activations/relu6',
    'skipped ops/activations/mish',
    'failed ops/activations/silu',
    'skipped ops/crystals/a',
    'failed networks/torn',
    'skipped networks/unheard_of/65x65',
    'skipped networks/unheard_of/97x129',
  ]);
  expect(results[1]?.detail).toBe('off by 2.50e-1 (allowed 1.00e-6): 6 instead of 8 at 2');
  expect(results[3]?.detail).toBe('the case has no tensor "x"');
  expect(summarize(results)).toEqual({ passed: 1, failed: 3, skipped: 4 });
});

it('runs only the cases that the filter names', async () => {
  expect((await run('relu')).map(({ id }) => id)).toEqual([
    'ops/activations/relu',
    'ops/activations/relu6',
    'networks/torn',
  ]);
});

/** `npm run goldens` on a folder. */
function command(golden: string, ...args: readonly string[]) {
  const entry = fileURLToPath(new URL('../goldens.js', import.meta.url));
  const env = { ...process.env, ATROUS_GOLDENS: golden };
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, ...args], { env, encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n'), stderr };
}

it('the command lists every case, counts them, and exits with 1 when one failed', () => {
  const { status, lines } = command(folder, '--filter', 'ops/');
  expect(status).toBe(1);
  expect(lines).toContain('ok   ops/activations/relu: off by 0.00e+0 of 1.00e-6');
  expect(lines).toContain('skip ops/crystals/a: no op family "crystals" to run');
  expect(lines.at(-1)).toBe('1 passed, 3 failed, 2 skipped');
});

it('the command exits with 0 when the folder is not there, and says so', () => {
  const { status, lines, stderr } = command(join(folder, 'nowhere'));
  expect([status, lines.at(-1)]).toEqual([0, '0 passed, 0 failed, 0 skipped']);
  expect(stderr).toContain('does not exist (set ATROUS_GOLDENS)');
});

it('the command exits with 2 for wrong usage', () => {
  const unknown = command(folder, '--runtime', 'abacus');
  expect(unknown.status).toBe(2);
  expect(unknown.stderr).toContain('known: ');
  const misspelt = command(folder, '--colour');
  expect(misspelt.status).toBe(2);
  expect(misspelt.stderr).toContain('usage: ');
});
