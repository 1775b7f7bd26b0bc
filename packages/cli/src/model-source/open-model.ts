import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OpDefinition, Plugin } from '@atrous/core';
import { streetBundle } from '@atrous/street';
import type { Bundle } from '@atrous/weights';
import { readBundle } from '@atrous/weights/node';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { ModelSourceFlags } from './flags.ts';
import { importCheckpoint, type ImportedBundle } from './import-checkpoint.ts';

/** A network ready to run, and where it came from. */
export interface OpenedModel {
  readonly bundle: Bundle;
  /** For people: the bundle's name, or checkpoint and network. */
  readonly source: string;
}

/** Definitions of custom ops that plugins bring. */
export const opsOf = (plugins: readonly Plugin[]): readonly OpDefinition[] =>
  plugins.filter((plugin): plugin is OpDefinition => plugin.kind === 'op');

/** Whether a path is the folder of a bundle. */
const isBundle = (path: string): boolean => existsSync(join(path, 'model.json'));

const isImporting = ({ model, set, nameMap, labels }: ModelSourceFlags): boolean =>
  model !== 'auto' || nameMap !== 'auto' || labels !== undefined || Object.keys(set).length > 0;

/** What a person named. Without a name it is the network that comes along. */
type NetworkSource = { readonly kind: 'embedded' } | { readonly kind: 'bundle' | 'checkpoint'; readonly path: string };

/**
 * The one network that flags and a positional argument name. What the argument is shows in its files.
 *
 * @throws UsageError when several are given, or import flags without a checkpoint.
 */
export function onlySource(context: Context, flags: ModelSourceFlags, positional: string | undefined): NetworkSource {
  const { bundle, checkpoint } = flags;
  const given = [bundle, checkpoint, positional].filter((path) => path !== undefined);
  const [path] = given;
  if (given.length > 1)
    throw new UsageError(
      `two networks given: ${given.join(' and ')}`,
      'pass --checkpoint PATH (`atrous models` says where they are published), or --bundle DIR (made by `atrous convert`)',
    );
  if (path === undefined) {
    if (!isImporting(flags)) return { kind: 'embedded' };
    throw new UsageError(
      '--model, --set, --name-map and --labels say how a checkpoint is read, and none is given',
      'pass --checkpoint PATH; `atrous models` says where they are published',
    );
  }
  if (path !== bundle && !isBundle(context.path(path))) return { path, kind: 'checkpoint' };
  if (isImporting(flags))
    throw new UsageError(
      `--model, --set, --name-map and --labels say how a checkpoint is read, ${path} is a bundle`,
      'leave them away, or convert the checkpoint again with them',
    );
  return { path, kind: 'bundle' };
}

/** Tensors that nothing took may mean that the checkpoint is of a larger network than the one found in it. */
function warnOfRest(context: Context, { network, report: { unexpected } }: ImportedBundle): void {
  const [first] = unexpected;
  if (first === undefined) return;
  context.io.stderr.write(
    `warning: ${network.name} leaves tensors of the checkpoint unused (${unexpected.length}), the first is "${first}"\n` +
      'hint: atrous convert lists them; if it is another network, say which with --model\n',
  );
}

async function openEmbedded({ io, signal }: Context): Promise<OpenedModel> {
  io.stderr.write(
    'note: no network given, so it is the one that comes along: streets in 11 classes, learnt from made-up ones\n' +
      'hint: --checkpoint PATH takes others; `atrous models` says where they are published\n',
  );
  return { bundle: await streetBundle({ signal }), source: '@atrous/street' };
}

/**
 * Opens the bundle that flags or a positional argument name, or makes one in memory from a checkpoint; the embedded one when none is named.
 *
 * @throws UsageError when several are given.
 * @throws WeightsError when the files are broken or do not fit the network.
 */
export async function openModel(
  context: Context,
  flags: ModelSourceFlags,
  plugins: readonly Plugin[],
  positional?: string,
): Promise<OpenedModel> {
  const network = onlySource(context, flags, positional);
  if (network.kind === 'embedded') return openEmbedded(context);
  if (network.kind === 'checkpoint') {
    const imported = await importCheckpoint(context, network.path, flags, plugins);
    warnOfRest(context, imported);
    return imported;
  }
  const bundle = await readBundle(context.path(network.path), { ops: opsOf(plugins), signal: context.signal });
  return { bundle, source: bundle.manifest.name };
}
