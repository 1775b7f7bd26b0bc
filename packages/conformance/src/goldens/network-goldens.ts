import type { Executable, Runtime } from '@atrous/core';
import { readGoldenTensors } from '@atrous/testing';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { networkCases } from '../networks/index.ts';
import { checkRun, compileNetwork } from './check-network.ts';
import { attempt, untilUnreadable, type GoldenResult } from './golden-result.ts';
import type { NetworkRun } from './network-file.ts';
import { readNetworkFile } from './read-network-file.ts';

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
    else if (name.startsWith('train_') && wanted(`networks/${name}`))
      yield { id: `networks/${name.replace(/\.json$/, '')}`, status: 'skipped', detail: 'gradients are not run yet' };
  }
}
