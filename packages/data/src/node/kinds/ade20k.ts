import { DataError } from '@atrous/core';
import { join } from 'node:path';
import { ade20k150 } from '../../label-maps/ade20k-150.ts';
import { ade20k as ade20k151 } from '../../label-maps/ade20k.ts';
import type { FileDataset } from '../files/file-dataset.ts';
import { findFolder, firstFolder } from '../files/find-folder.ts';
import { joinSplits } from '../files/join-splits.ts';
import { listFiles, MASK_ENDING } from '../files/list-files.ts';
import { pairFiles } from '../files/pair-files.ts';
import { defineDataset } from './define-dataset.ts';

const LAYOUT = 'images/{training,validation}/*.jpg beside annotations/{training,validation}/*.png';

const FOLDERS: Readonly<Record<string, string>> = { train: 'training', val: 'validation' };

/** Without class 0: everything else does not count, and the classes move down by one. */
const SHIFTED: readonly number[] = /* @__PURE__ */ (() => [255, ...ade20k150.classes.map(({ id }) => id)])();

async function openFolders(images: string, masks: string, classes: number): Promise<FileDataset> {
  const files = { images: await listFiles(images, /\.jpe?g$/i), masks: await listFiles(masks, MASK_ENDING) };
  if (classes === ade20k151.classes.length) return { labels: ade20k151, ...pairFiles(files, { labels: ade20k151 }) };
  return { labels: ade20k150, ...pairFiles(files, { labels: ade20k151, ids: SHIFTED }) };
}

async function openSplit(folder: string, split: string, classes: number): Promise<FileDataset> {
  const name = FOLDERS[split] ?? split;
  const images = await findFolder(folder, [join('images', name)], LAYOUT);
  return openFolders(images, await findFolder(folder, [join('annotations', name)], LAYOUT), classes);
}

/** ADE20K's scene parsing in 150 classes, or 151 with everything else as class 0. */
export const ade20k = /* @__PURE__ */ defineDataset({
  name: 'ade20k',
  description: `${LAYOUT}, or pictures and masks in one folder; classes: 150 (0 is ignored) or 151`,
  splits: ['train', 'val'],
  marks: ['images/training', 'images/validation'],
  options: { classes: 'whole' },
  async open(folder, { split, labels, classes = labels?.classes.length === 151 ? 151 : 150 }) {
    if (classes !== 150 && classes !== 151)
      throw new DataError(`ADE20K has 150 or 151 classes, not ${classes}`, { code: 'DATASET_OPTION' });
    if ((await firstFolder([join(folder, 'images')])) === undefined && split === undefined)
      return openFolders(await findFolder(folder, ['.'], LAYOUT), folder, classes);
    return joinSplits(split, Object.keys(FOLDERS), (name) => openSplit(folder, name, classes));
  },
});
