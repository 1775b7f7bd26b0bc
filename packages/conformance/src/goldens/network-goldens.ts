import type { Executable, Runtime } from '@atrous/core';
import { readGoldenTensors } from '@atrous/testing';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { networkCases } from '../networks/index.ts';
import { checkRun, compileNetwork } from './check-network.ts';
import { checkTraining } from './check-train.ts';
import { attempt, untilUnreadable, type GoldenResult } from './golden-result.ts';
import type { NetworkRun } from './network-file.ts';
import { readNetworkFile } from './read-network-file.ts';
import type { TrainFile } from './train-file.ts';

async function* runNetwork(
  path: string,
  runtime: Runtime,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const file = readNetworkFile(path);
  const idOf = ({ id }: NetworkRun): string => `networks/${file.description.case}/${id}`;
  const selected = file.runs.filter((run) => wanted(idOf(run)));
  const known = networkCases.find((candidate) => candidate.matches(file.description));
  if (known === undefined) {
    for (const run of selected) yield { id: idOf(run), status: 'skipped', detail: 'no such network here yet' };
    return;
  }
  let compiled: Promise<Executable> | undefined;
  for (const run of selected)
    yield await attempt(idOf(run), async () => {
      compiled ??= Promise.resolve(known.build(file.description)).then((network) =>
        compileNetwork(runtime, network, file, readFileSync(join(file.folder, file.manifest), 'utf8')),
      );
      return checkRun(await compiled, run, file, readGoldenTensors(join(file.folder, run.file)));
    });
  await compiled?.then(
    (executable) => executable.dispose(),
    () => undefined,
  );
}

/** A `networks/train_<case>.json`, whose network the case describes. */
async function runTraining(path: string, runtime: Runtime): Promise<GoldenResult> {
  return attempt(`networks/${basename(path, '.json')}`, async () => {
    const file = JSON.parse(readFileSync(path, 'utf8')) as TrainFile;
    const { description } = readNetworkFile(join(dirname(path), file.case, 'case.json'));
    const known = networkCases.find((candidate) => candidate.matches(description));
    if (known === undefined) return { skip: 'no such network here yet' };
    const manifest = readFileSync(join(dirname(path), file.manifest), 'utf8');
    return checkTraining(runtime, await known.build(description), file, manifest);
  });
}

/** Runs the cases of `networks/<case>/case.json` whose id is wanted. Weights and images are generated. */
export async function* runNetworkGoldens(
  folder: string,
  runtime: Runtime,
  wanted: (id: string) => boolean,
): AsyncGenerator<GoldenResult> {
  const networks = join(folder, 'networks');
  if (!existsSync(networks)) return;
  for (const name of readdirSync(networks).toSorted()) {
    const path = join(networks, name, 'case.json');
    if (existsSync(path)) yield* untilUnreadable(`networks/${name}`, runNetwork(path, runtime, wanted));
    else if (/^train_.*\.json$/.test(name) && wanted(`networks/${basename(name, '.json')}`))
      yield await runTraining(join(networks, name), runtime);
  }
}
