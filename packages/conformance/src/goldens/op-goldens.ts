import type { Runtime, Tensor } from '@atrous/core';
import { readGoldenTensors } from '@atrous/testing';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkGradients } from './check-gradients.ts';
import { families } from './families.ts';
import { attempt, untilUnreadable, type GoldenResult } from './golden-result.ts';
import { checkMetrics } from './metrics-golden.ts';
import { probeGraph, type OpFamily, type OpGolden, type OpProbe, type OpTensors } from './op-family.ts';
import { checkSchedules } from './schedules-golden.ts';
import { expectWithin, parseTolerance } from './tolerance.ts';

interface FamilyFile {
  readonly family?: string;
  readonly file?: string;
  readonly tolerance?: string;
  readonly cases?: readonly OpGolden[];
}

/** Files that are one case as a whole. */
const documents: Readonly<Record<string, (content: unknown) => string>> = {
  lr_schedules: checkSchedules,
  metrics: checkMetrics,
};

function tensorsOf(id: string, all: ReadonlyMap<string, Tensor>): OpTensors {
  return {
    has: (name) => all.has(`${id}/${name}`),
    get(name) {
      const found = all.get(`${id}/${name}`);
      if (found === undefined) throw new Error(`the case has no tensor "${name}"`);
      return found;
    },
  };
}

function pickRows({ shape, data }: Tensor, rows: readonly number[]): Tensor {
  const [n = 1, height = 1, width = 1, channels = 1] = shape;
  const rowSize = width * channels;
  const picked = new Float32Array(n * rows.length * rowSize);
  for (let image = 0; image < n; image++)
    for (const [i, row] of rows.entries()) {
      const start = (image * height + row) * rowSize;
      picked.set(data.subarray(start, start + rowSize), (image * rows.length + i) * rowSize);
    }
  return { shape: [n, rows.length, width, channels], data: picked };
}

async function runProbe(runtime: Runtime, probe: OpProbe): Promise<Tensor> {
  const executable = await runtime.compile(probeGraph(probe), new Map(Object.entries(probe.weights ?? {})));
  try {
    const { y } = await executable.run(probe.input);
    return probe.rows === undefined ? (y as Tensor) : pickRows(y as Tensor, probe.rows);
  } finally {
    executable.dispose();
  }
}

async function* runFamily(
  path: string,
  runtime: Runtime,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const name = basename(path, '.json');
  const content = JSON.parse(readFileSync(path, 'utf8')) as FamilyFile;
  const check = documents[name];
  if (check !== undefined) {
    if (wanted(`ops/${name}`)) yield await attempt(`ops/${name}`, () => Promise.resolve(check(content)));
    return;
  }
  const { family = name, file, tolerance = '', cases } = content;
  const known = families[family];
  if (known === undefined || cases === undefined || file === undefined) {
    const ids = cases?.map(({ id }) => `ops/${name}/${id}`) ?? [`ops/${name}`];
    for (const id of ids.filter(wanted)) yield { id, status: 'skipped', detail: `no op family "${family}" to run` };
    return;
  }
  const selected = cases.filter(({ id }) => wanted(`ops/${name}/${id}/gradients`));
  if (selected.length === 0) return;
  const tensors = readGoldenTensors(join(path, '..', file));
  for (const golden of selected) {
    const id = `ops/${name}/${golden.id}`;
    const own = tensorsOf(golden.id, tensors);
    let probe: ReturnType<OpFamily> | undefined;
    const values = await attempt(id, async () => {
      probe = known(golden, own);
      if ('skip' in probe) return probe;
      if ('check' in probe) return probe.check(runtime, tolerance);
      const { expected, tolerancePart } = probe;
      return expectWithin(await runProbe(runtime, probe), expected, parseTolerance(tolerance, tolerancePart));
    });
    if (wanted(id)) yield values;
    const follows = probe;
    if (follows && 'build' in follows && own.has('gy'))
      yield await attempt(`${id}/gradients`, () => checkGradients(runtime, follows, own, tolerance));
  }
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
      yield* untilUnreadable(`ops/${basename(file, '.json')}`, runFamily(join(ops, file), runtime, wanted));
}
