import type { CrfEngine } from '@atrous/crf';
import { parseGoldenArray } from '@atrous/testing/golden';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, untilUnreadable, type GoldenResult } from '../golden-result.ts';
import { checkCrf } from './check-crf.ts';
import type { CrfGoldenFile } from './crf-file.ts';

async function* runCases(
  folder: string,
  engine: CrfEngine | undefined,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const { cases } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as CrfGoldenFile;
  // a copy that is no Buffer, whose slices share memory
  const read = (file: string) => parseGoldenArray(new Uint8Array(readFileSync(join(folder, file))));
  for (const golden of cases) {
    const id = `crf/${golden.id}`;
    if (!wanted(id)) continue;
    yield await attempt(id, async () =>
      engine === undefined ? { skip: 'no CRF engine goes with this runtime' } : checkCrf(golden, engine, read),
    );
  }
}

/** Runs the cases of `crf/index.json` whose id is wanted. */
export async function* runCrfGoldens(
  folder: string,
  engine: CrfEngine | undefined,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const crf = join(folder, 'crf');
  if (existsSync(join(crf, 'index.json'))) yield* untilUnreadable('crf', runCases(crf, engine, wanted));
}
