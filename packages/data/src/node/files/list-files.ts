import { readdir } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Endings of pictures. */
export const IMAGE_ENDING = /\.(jpe?g|png|webp|tiff?)$/i;

/** Ending of masks. */
export const MASK_ENDING = /\.png$/i;

const isJpeg = (name: string): boolean => /\.jpe?g$/i.test(name);

/**
 * Paths of the files of a folder whose names match an ending, by the rest of their path. A JPEG goes before others of its name: where
 * masks lie beside images, they are PNG.
 *
 * @param isDeep whether folders in it are looked through too; by default they are.
 */
export async function listFiles(folder: string, ending: RegExp, isDeep = true): Promise<ReadonlyMap<string, string>> {
  const found = await readdir(folder, { recursive: isDeep });
  const names = found.filter((name) => ending.test(name) && !/(^|[\\/])\./.test(name)).toSorted();
  const lastWins = [...names.filter((name) => !isJpeg(name)), ...names.filter(isJpeg)];
  return new Map(lastWins.map((name) => [name.replace(ending, '').split(sep).join('/'), join(folder, name)]));
}
