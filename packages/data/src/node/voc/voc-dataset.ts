import { DataError, type LabelMap } from '@atrous/core';
import { basename, join } from 'node:path';
import { voc2012 } from '../../label-maps/voc2012.ts';
import type { FileDataset, FileSample } from '../files/file-dataset.ts';
import { IMAGE_ENDING, listFiles, MASK_ENDING } from '../files/list-files.ts';
import { fileSample } from '../files/open-pair.ts';
import { checkComplete } from '../files/pair-files.ts';
import { findLayout, type VocLayout } from './find-layout.ts';
import { readImageSet, type SetEntry } from './read-image-set.ts';

/** Options of {@link vocDataset}. */
export interface VocDatasetOptions {
  /** Image set: `train`, `val`, `trainval`, `train_aug`, another file's name or an absolute path. By default every mask. */
  readonly split?: string | undefined;
  /** Folder of the pictures below the data set's; `JPEGImages` by default. */
  readonly images?: string | undefined;
  /**
   * Folder of the masks below the data set's; by default `SegmentationClass`, and `SegmentationClassAug` for image sets with `aug` in
   * their name or when it is the only one.
   */
  readonly masks?: string | undefined;
  /** `voc2012` by default. */
  readonly labels?: LabelMap | undefined;
}

/** Pairs up entries, or says which files are absent. */
async function pairUp(
  layout: VocLayout,
  chosen: readonly SetEntry[] | undefined,
  labels: LabelMap,
): Promise<readonly FileSample[]> {
  const images = await listFiles(layout.images, IMAGE_ENDING, false);
  const masks = await listFiles(layout.masks, MASK_ENDING, false);
  const entries = chosen ?? [...masks.keys()].map((id): SetEntry => ({ id }));
  const missing: string[] = [];
  const samples = entries.map(({ id, ...paths }) => {
    const image = paths.image === undefined ? images.get(id) : join(layout.root, paths.image);
    const mask = paths.mask === undefined ? masks.get(id) : join(layout.root, paths.mask);
    if (image === undefined) missing.push(join(layout.images, `${id}.jpg`));
    if (mask === undefined) missing.push(join(layout.masks, `${id}.png`));
    return fileSample({ id, image: image ?? '', mask: mask ?? '' }, { labels });
  });
  checkComplete(missing);
  if (samples.length === 0) throw new DataError(`${layout.masks} has no masks`, { code: 'DATASET_FOLDER' });
  return samples;
}

/**
 * Lists the pairs of image and mask of a data set laid out as PASCAL VOC: the devkit, the folder it lies in, the augmented set, or any
 * folder of images beside a folder of masks. Files are read when a sample is opened.
 *
 * @param folder for example `VOCdevkit/VOC2012`.
 * @throws DataError `DATASET_FOLDER`, `DATASET_SPLIT`, and `DATASET_PAIR` naming files that are absent.
 */
export async function vocDataset(folder: string, options: VocDatasetOptions = {}): Promise<FileDataset> {
  const { split, labels = voc2012 } = options;
  const layout = await findLayout(folder, options, split !== undefined && /aug/i.test(basename(split)));
  const chosen = split === undefined ? undefined : await readImageSet(split, layout);
  return { labels, samples: await pairUp(layout, chosen, labels) };
}
