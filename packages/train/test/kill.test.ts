import { createRandom, type Random } from '@atrous/core';
import { openCheckpointFolder } from '@atrous/train/node';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** `ATROUS_KILLS=100 npx vitest run test/kill.test.ts` kills as often as a promise needs. */
const KILLS = Number(process.env['ATROUS_KILLS'] ?? 4);
/** More than processes do before they are killed. */
const STEPS = 16 * KILLS;

/** Beside this package, so that the script finds what it imports. */
const scripts = fileURLToPath(new URL('../node_modules/.cache', import.meta.url));
let script: string;
let folder: string;

beforeAll(async () => {
  await mkdir(scripts, { recursive: true });
  folder = await mkdtemp(join(tmpdir(), 'atrous-killed-'));
  script = join(await mkdtemp(join(scripts, 'killed-run-')), 'killed-run.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('support/killed-run.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    platform: 'node',
    target: 'es2022',
    format: 'esm',
    conditions: ['@atrous/source'],
    alias: { '#gradients': '@tensorflow/tfjs' },
    external: ['@tensorflow/*'],
  });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await rm(join(script, '..'), { recursive: true, force: true });
});

/** When a process is killed: some time after it said a word for the nth time. */
interface Moment {
  readonly word: string;
  readonly times: number;
  readonly delayMs: number;
}

/** A run in a process of its own. Gives how it ended. */
function run(into: string, moment?: Moment): Promise<number | NodeJS.Signals | null> {
  const child = spawn(process.execPath, [script, into, String(STEPS)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = 0;
  child.stdout.on('data', (text: Buffer) => {
    if (moment === undefined) return;
    const before = said;
    said += String(text)
      .split('\n')
      .filter((line) => line === moment.word).length;
    if (before < moment.times && said >= moment.times) setTimeout(() => child.kill('SIGKILL'), moment.delayMs);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
}

/** Half of the moments are while a checkpoint is written, half at any time. */
const momentOf = (random: Random): Moment => ({
  times: 1 + random.integer(3),
  ...(random.chance(0.5)
    ? { word: 'saving', delayMs: random.uniform(0, 4) }
    : { word: 'saved', delayMs: random.uniform(0, 40) }),
});

const latest = async (into: string) => (await openCheckpointFolder(into)).latest();

it(
  `a run killed ${KILLS} times at any moment ends with the weights of one that was not`,
  { timeout: 300_000 + KILLS * 10_000 },
  async () => {
    const [calm, killed] = [join(folder, 'calm'), join(folder, 'killed')];
    expect(await run(calm)).toBe(0);
    const random = createRandom('kill');
    let unfinished = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      expect(await run(killed, momentOf(random))).toBe('SIGKILL');
      unfinished += (await readdir(killed)).filter((name) => name.endsWith('.tmp')).length;
      expect((await latest(killed))?.step).toBeGreaterThan(0);
    }
    expect(await run(killed)).toBe(0);
    expect(await latest(killed)).toEqual(await latest(calm));
    console.log(`killed ${KILLS} times, ${unfinished} times while a checkpoint was written`);
  },
);
