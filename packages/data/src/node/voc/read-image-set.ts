import { DataError } from '@atrous/core';
import { readFile } from 'node:fs/promises';
import { basename, extname, isAbsolute, join } from 'node:path';
import type { VocLayout } from './find-layout.ts';

/** One line of an image set. */
export interface SetEntry {
  readonly id: string;
  /** Path of the image below the root, where the set gives one. */
  readonly image?: string | undefined;
  readonly mask?: string | undefined;
}

const isExtended = (name: string): boolean => /^\.(jpe?g|png|webp|bmp|tiff?)$/i.test(extname(name));
const idOf = (path: string): string => (isExtended(path) ? basename(path, extname(path)) : path);

/** `2007_000032`, `0001TP_006690.png`, or `/JPEGImages/2007_000032.jpg /SegmentationClassAug/2007_000032.png`. */
function entryOf(line: string): SetEntry {
  const [first = '', second] = line.split(/\s+/);
  // VOC's sets of one class have a number, -1, 0 or 1, in the second column.
  return second === undefined || !isExtended(second)
    ? { id: idOf(first) }
    : { id: idOf(first), image: first, mask: second };
}

/** Where a set of this name may be, best first. */
function candidatesOf(split: string, { root }: VocLayout): readonly string[] {
  if (isAbsolute(split)) return [split];
  const file = split.endsWith('.txt') ? split : `${split}.txt`;
  return ['ImageSets/Segmentation', 'ImageSets/SegmentationAug', 'ImageSets', '.'].map((folder) =>
    join(root, folder, file),
  );
}

/**
 * Reads the entries of an image set.
 *
 * @throws DataError `DATASET_SPLIT` when there is none of that name, or it is empty.
 */
export async function readImageSet(split: string, layout: VocLayout): Promise<readonly SetEntry[]> {
  const candidates = candidatesOf(split, layout);
  for (const path of candidates) {
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const lines = text
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\r|\n/)
      .map((line) => line.trim());
    const entries = lines.filter((line) => line !== '').map(entryOf);
    if (entries.length === 0) throw new DataError(`the image set ${path} is empty`, { code: 'DATASET_SPLIT' });
    return entries;
  }
  throw new DataError(`there is no image set "${split}"`, {
    code: 'DATASET_SPLIT',
    hint: `looked for ${candidates.join(', ')}`,
  });
}
