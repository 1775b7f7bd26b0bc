import type { Runtime } from '@atrous/core';
import { readGoldenTensors } from '@atrous/testing';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { attempt, untilUnreadable, type GoldenResult } from './golden-result.ts';
import { checkMetrics } from './metrics-golden.ts';
import { runOpFamily, type OpFamilyFile } from './op-family-file.ts';
import { checkSchedules } from './schedules-golden.ts';

/** Files that are one case as a whole. */
const documents: Readonly<Record<string, (content: unknown) => string>> = {
  lr_schedules: checkSchedules,
  metrics: checkMetrics,
};

async function* runFile(path: string, runtime: Runtime, wanted: (id: string) => boolean): AsyncGenerator<GoldenResult> {
  const name = basename(path, '.json');
  const content = JSON.parse(readFileSync(path, 'utf8')) as OpFamilyFile;
  const check = documents[name];
  if (check === undefined) {
    const readTensors = (file: string) => readGoldenTensors(join(path, '..', file));
    yield* runOpFamily({ name, content, readTensors, runtime, wanted });
  } else if (wanted(`ops/${name}`)) yield await attempt(`ops/${name}`, () => Promise.resolve(check(content)));
}

/** Runs the cases of `ops/*.json` whose id is wanted, one family after the other. */
export async function* runOpGoldens(
  folder: string,
  runtime: Runtime,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const ops = join(folder, 'ops');
  if (!existsSync(ops)) return;
  for (const file of readdirSync(ops).toSorted())
    if (file.endsWith('.json'))
      yield* untilUnreadable(`ops/${basename(file, '.json')}`, runFile(join(ops, file), runtime, wanted));
}
