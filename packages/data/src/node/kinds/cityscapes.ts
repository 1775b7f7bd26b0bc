import { DataError } from '@atrous/core';
import { join } from 'node:path';
import { cityscapes as labels } from '../../label-maps/cityscapes.ts';
import type { FileDataset } from '../files/file-dataset.ts';
import { findFolder } from '../files/find-folder.ts';
import { joinSplits } from '../files/join-splits.ts';
import { listFiles } from '../files/list-files.ts';
import { pairFiles } from '../files/pair-files.ts';
import { defineDataset } from './define-dataset.ts';

const LAYOUT = 'leftImg8bit/SPLIT/CITY/*_leftImg8bit.png beside gtFine/SPLIT/CITY/*_labelIds.png';

/** Label ids in the order of their train ids; the others, up to 33, do not count. */
const EVALUATED = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];

/** Train ids by label id; a licence plate, −1, is 255 in 8 bits. */
const TRAIN_IDS: readonly number[] = /* @__PURE__ */ (() =>
  Array.from({ length: 256 }, (_, id) => {
    const trainId = EVALUATED.indexOf(id);
    return trainId >= 0 ? trainId : id < 34 || id === 255 ? 255 : -1;
  }))();

async function openSplit(folder: string, annotation: string, split: string): Promise<FileDataset> {
  const images = await listFiles(await findFolder(folder, [join('leftImg8bit', split)], LAYOUT), /_leftImg8bit\.png$/);
  const annotations = await findFolder(folder, [join(annotation, split)], LAYOUT);
  const trainIds = await listFiles(annotations, new RegExp(`_${annotation}_labelTrainIds\\.png$`));
  if (trainIds.size > 0) return { labels, ...pairFiles({ images, masks: trainIds }, { labels }) };
  const masks = await listFiles(annotations, new RegExp(`_${annotation}_labelIds\\.png$`));
  if (masks.size === 0)
    throw new DataError(`${annotations} has neither *_labelTrainIds.png nor *_labelIds.png`, {
      code: 'DATASET_FOLDER',
      hint: `expected ${LAYOUT}`,
    });
  return { labels, ...pairFiles({ images, masks }, { labels, ids: TRAIN_IDS }) };
}

/** Cityscapes in its 19 classes; masks of label ids are mapped. */
export const cityscapes = /* @__PURE__ */ defineDataset({
  name: 'cityscapes',
  description: `${LAYOUT}, or *_labelTrainIds.png`,
  splits: ['train', 'val'],
  marks: ['leftImg8bit'],
  options: { annotation: 'text' },
  open: (folder, { split, annotation = 'gtFine' }) =>
    joinSplits(split, ['train', 'val'], (name) => openSplit(folder, annotation, name)),
});
