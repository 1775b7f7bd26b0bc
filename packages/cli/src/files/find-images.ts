import { readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { DataError } from '@atrous/core';
import { glob, isDynamicPattern } from 'tinyglobby';

/** An image to work on. */
export interface ImageFile {
  /** Absolute. */
  readonly path: string;
  /** Path below the folder or pattern it was found through; the file name for single files. */
  readonly name: string;
}

const IMAGE = /\.(jpe?g|png|webp|avif|tiff?|gif)$/i;

async function kindOf(path: string): Promise<'file' | 'folder' | 'missing'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'missing';
  }
}

async function imagesInFolder(folder: string): Promise<readonly ImageFile[]> {
  const names = (await readdir(folder)).filter((name) => IMAGE.test(name)).sort();
  return names.map((name) => ({ path: join(folder, name), name }));
}

/** The part of a pattern before its first wildcard. */
function fixedFolder(pattern: string, cwd: string): string {
  const parts = pattern.split(/[\\/]/);
  const wild = parts.findIndex((part) => isDynamicPattern(part));
  return resolve(cwd, parts.slice(0, wild).join(sep) || (pattern.startsWith('/') ? '/' : '.'));
}

async function imagesByPattern(pattern: string, cwd: string): Promise<readonly ImageFile[]> {
  const folder = fixedFolder(pattern, cwd);
  const found = await glob(pattern, { cwd, absolute: true, onlyFiles: true });
  return found
    .map((path) => resolve(path))
    .filter((path) => IMAGE.test(path))
    .sort()
    .map((path) => ({ path, name: relative(folder, path) }));
}

async function imagesAt(typed: string, cwd: string): Promise<readonly ImageFile[]> {
  const path = resolve(cwd, typed);
  const kind = await kindOf(path);
  if (kind === 'folder') return imagesInFolder(path);
  if (kind === 'missing' && isDynamicPattern(typed)) return imagesByPattern(typed, cwd);
  return [{ path, name: basename(path) }];
}

/**
 * Finds the images that files, folders (their direct children) and glob patterns name, each once, in a stable order.
 * A missing file stays in the list: it fails when its turn comes, like a broken one.
 *
 * @throws DataError when a folder or pattern has no image.
 */
export async function findImages(typed: readonly string[], cwd: string): Promise<readonly ImageFile[]> {
  const found = new Map<string, ImageFile>();
  for (const one of typed) {
    const images = await imagesAt(one, cwd);
    if (images.length === 0)
      throw new DataError(`no images at ${one}`, {
        code: 'NO_IMAGES',
        hint: 'folders are not searched in depth; a pattern in quotes is: "photos/**/*.jpg"',
      });
    for (const image of images) if (!found.has(image.path)) found.set(image.path, image);
  }
  return [...found.values()];
}
