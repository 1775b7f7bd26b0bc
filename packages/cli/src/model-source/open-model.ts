import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OpDefinition, Plugin } from '@atrous/core';
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

/**
 * The one network that flags and a positional argument name. What the argument is shows in its files.
 *
 * @throws UsageError when none or several are given, or import flags with a bundle.
 */
export function onlySource(
  context: Context,
  flags: ModelSourceFlags,
  positional: string | undefined,
): { readonly path: string; readonly kind: 'bundle' | 'checkpoint' } {
  const { bundle, checkpoint } = flags;
  const given = [bundle, checkpoint, positional].filter((path) => path !== undefined);
  const [path] = given;
  if (path === undefined || given.length > 1)
    throw new UsageError(
      path === undefined ? 'no network given' : `two networks given: ${given.join(' and ')}`,
      'pass --checkpoint PATH (`atrous models` says where they are published), or --bundle DIR (made by `atrous convert`)',
    );
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

/**
 * Opens the bundle that flags or a positional argument name, or makes one in memory from a checkpoint.
 *
 * @throws UsageError when none or several are given.
 * @throws WeightsError when the files are broken or do not fit the network.
 */
export async function openModel(
  context: Context,
  flags: ModelSourceFlags,
  plugins: readonly Plugin[],
  positional?: string,
): Promise<OpenedModel> {
  const { path, kind } = onlySource(context, flags, positional);
  if (kind === 'checkpoint') {
    const imported = await importCheckpoint(context, path, flags, plugins);
    warnOfRest(context, imported);
    return imported;
  }
  const bundle = await readBundle(context.path(path), { ops: opsOf(plugins), signal: context.signal });
  return { bundle, source: bundle.manifest.name };
}
