import { join } from 'node:path';
import { cocoStuff as labels } from '../../label-maps/coco-stuff.ts';
import type { FileDataset } from '../files/file-dataset.ts';
import { findFolder } from '../files/find-folder.ts';
import { joinSplits } from '../files/join-splits.ts';
import { listFiles, MASK_ENDING } from '../files/list-files.ts';
import { pairFiles } from '../files/pair-files.ts';
import { defineDataset } from './define-dataset.ts';

const LAYOUT = 'images/{train2017,val2017}/*.jpg beside annotations/{train2017,val2017}/*.png';

const FOLDERS: Readonly<Record<string, string>> = { train: 'train2017', val: 'val2017' };

async function openSplit(folder: string, split: string): Promise<FileDataset> {
  const name = FOLDERS[split] ?? split;
  const images = await findFolder(folder, [join('images', name), name], LAYOUT);
  const roots = ['annotations', 'stuffthingmaps_trainval2017', 'stuffthingmaps'];
  const masks = await findFolder(
    folder,
    roots.map((root) => join(root, name)),
    LAYOUT,
  );
  const files = { images: await listFiles(images, /\.jpe?g$/i), masks: await listFiles(masks, MASK_ENDING) };
  return { labels, ...pairFiles(files, { labels }) };
}

/** COCO-Stuff 164k with its PNG masks of things and stuff. */
export const cocoStuff = /* @__PURE__ */ defineDataset({
  name: 'coco-stuff',
  description: LAYOUT,
  splits: ['train', 'val'],
  marks: ['images/train2017', 'images/val2017', 'train2017', 'val2017'],
  open: (folder, { split }) => joinSplits(split, Object.keys(FOLDERS), (name) => openSplit(folder, name)),
});
