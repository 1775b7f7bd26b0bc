import type { LongRunningOptions } from '@atrous/core';
import { streetBundle } from '@atrous/street';
import { fetchBundle, type Bundle } from '@atrous/weights';
import { bundleFromCheckpoint } from './bundle-from-checkpoint.ts';
import { bundleFromFiles } from './bundle-from-files.ts';
import { unzip } from './bundle-zip.ts';
import { readCheckpointFiles } from './read-checkpoint-files.ts';

/** Where a model comes from: the network that comes along, the address of a bundle, or files of a bundle or a checkpoint, zipped or not. */
export type ModelSource =
  { readonly embedded: 'street' } | { readonly url: string } | { readonly files: readonly File[] };

/**
 * Opens a bundle, or makes one from a checkpoint.
 *
 * @throws WeightsError when files are missing, broken, or fit no known network.
 */
export async function openModel(source: ModelSource, options: LongRunningOptions): Promise<Bundle> {
  if ('embedded' in source) return streetBundle(options);
  if ('url' in source) return fetchBundle(source.url, options);
  const files = (
    await Promise.all(source.files.map((file) => (isZip(file) ? unzip(file) : Promise.resolve([file]))))
  ).flat();
  if (files.some(({ name }) => name === 'model.json')) return bundleFromFiles(files, options);
  return bundleFromCheckpoint(await readCheckpointFiles(files, options));
}

const isZip = ({ name }: File): boolean => /\.zip$/i.test(name);
