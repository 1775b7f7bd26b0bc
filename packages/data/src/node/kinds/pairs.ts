import { DataError, type LabelMap } from '@atrous/core';
import { access } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { labelMaps } from '../../label-maps/label-maps.ts';
import type { FileDataset } from '../files/file-dataset.ts';
import { findFolder, firstFolder } from '../files/find-folder.ts';
import { IMAGE_ENDING, listFiles, MASK_ENDING } from '../files/list-files.ts';
import { pairFiles } from '../files/pair-files.ts';
import { readImageSet } from '../voc/read-image-set.ts';
import { defineDataset } from './define-dataset.ts';
import { readClasses } from './read-classes.ts';

const FILES = ['classes.json', 'classes.txt'];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function labelsOf(folder: string, classes: string | undefined): Promise<LabelMap> {
  const known = labelMaps.find(({ name }) => name === classes);
  if (known !== undefined) return known;
  for (const name of classes === undefined ? FILES : [classes])
    if (await exists(join(folder, name))) return readClasses(join(folder, name));
  throw new DataError(`${folder} has no ${classes ?? FILES.join(' or ')}, so that its classes are not known`, {
    code: 'DATASET_CLASSES',
    hint: `list them one a line in classes.txt, or set classes to one of ${labelMaps.map(({ name }) => name).join(', ')}`,
  });
}

interface Folders {
  readonly root: string;
  readonly images: string;
  readonly masks: string;
}

/** A split is a folder of both, or a list of names. */
async function openPairs(
  { root, images, masks }: Folders,
  labels: LabelMap,
  split: string | undefined,
): Promise<FileDataset> {
  const list = async (isMask: boolean, below: string) =>
    listFiles(join(isMask ? masks : images, below), isMask ? MASK_ENDING : IMAGE_ENDING);
  const hasFolder = split !== undefined && (await firstFolder([join(masks, split)])) !== undefined;
  const below = hasFolder ? split : '.';
  const chosen = split === undefined || hasFolder ? undefined : await readImageSet(split, { root, images, masks });
  const ids = chosen?.map(({ id, image = id }) => basename(image, extname(image)));
  return {
    labels,
    ...pairFiles({ images: await list(false, below), masks: await list(true, below) }, { labels }, ids),
  };
}

/** Any pictures beside masks of the same names. */
export const pairs = /* @__PURE__ */ defineDataset({
  name: 'pairs',
  description:
    'images/*.jpg beside masks/*.png of the same names, and classes.txt; SPLIT.txt, or folders SPLIT in both',
  splits: ['train', 'val', 'test'],
  marks: ['masks'],
  options: { images: 'text', masks: 'text', classes: 'text' },
  async open(root, { split, labels, images = 'images', masks = 'masks', classes }) {
    const layout = `${images}/*.jpg beside ${masks}/*.png`;
    const folders = {
      root,
      images: await findFolder(root, [images], layout),
      masks: await findFolder(root, [masks], layout),
    };
    return openPairs(folders, labels ?? (await labelsOf(root, classes)), split);
  },
});
