import type { Runtime, Tensor } from '@atrous/core';
import { checkGradients } from './check-gradients.ts';
import { families } from './families.ts';
import { attempt, type GoldenResult } from './golden-result.ts';
import { probeGraph, type OpFamily, type OpGolden, type OpProbe, type OpTensors } from './op-family.ts';
import { expectWithin, parseTolerance } from './tolerance.ts';

/** `ops/<family>.json`. */
export interface OpFamilyFile {
  readonly family?: string;
  /** Holds the tensors. */
  readonly file?: string;
  readonly tolerance?: string;
  readonly cases?: readonly OpGolden[];
}

/** A family's file, to be run. */
export interface OpFamilyCall {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly content: OpFamilyFile;
  /** Reads the file of tensors. Asked for at most once. */
  readonly readTensors: (file: string) => ReadonlyMap<string, Tensor> | Promise<ReadonlyMap<string, Tensor>>;
  readonly runtime: Runtime;
  readonly wanted: (id: string) => boolean;
}

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

async function* runCase(
  id: string,
  probe: () => ReturnType<OpFamily>,
  tensors: OpTensors,
  { runtime, wanted, content: { tolerance = '' } }: OpFamilyCall,
): AsyncGenerator<GoldenResult> {
  let probed: ReturnType<OpFamily> | undefined;
  const values = await attempt(id, async () => {
    probed = probe();
    if ('skip' in probed) return probed;
    if ('check' in probed) return probed.check(runtime, tolerance);
    const { expected, tolerancePart } = probed;
    return expectWithin(await runProbe(runtime, probed), expected, parseTolerance(tolerance, tolerancePart));
  });
  if (wanted(id)) yield values;
  const known = probed;
  if (known && 'build' in known && tensors.has('gy'))
    yield await attempt(`${id}/gradients`, () => checkGradients(runtime, known, tensors, tolerance));
}

/** Runs the cases of a family whose id is wanted: `ops/<family>/<case>` for the values, with `/gradients` behind it for the way back. */
export async function* runOpFamily(call: OpFamilyCall): AsyncGenerator<GoldenResult> {
  const { name, content, readTensors, wanted } = call;
  const { family = name, file, cases } = content;
  const known = families[family];
  if (known === undefined || cases === undefined || file === undefined) {
    const ids = cases?.map(({ id }) => `ops/${name}/${id}`) ?? [`ops/${name}`];
    for (const id of ids.filter(wanted)) yield { id, status: 'skipped', detail: `no op family "${family}" to run` };
    return;
  }
  const selected = cases.filter(({ id }) => wanted(`ops/${name}/${id}/gradients`));
  if (selected.length === 0) return;
  const tensors = await readTensors(file);
  for (const golden of selected) {
    const own = tensorsOf(golden.id, tensors);
    yield* runCase(`ops/${name}/${golden.id}`, () => known(golden, own), own, call);
  }
}
