import { DataError, type LabelMap } from '@atrous/core';
import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { voc2012 } from '../../label-maps/voc2012.ts';
import type { LabelMask } from '../../mask/label-mask.ts';
import type { RgbaImage } from '../../rgba-image.ts';
import { decodeImage, type DecodeImageOptions } from '../decode-image.ts';
import { openMask } from '../open-mask.ts';
import { findLayout, type VocLayout } from './find-layout.ts';
import { readImageSet, type SetEntry } from './read-image-set.ts';

/** A picture and the truth about it. */
export interface LabelledImage {
  readonly image: RgbaImage;
  /** Of the picture's size. */
  readonly mask: LabelMask;
}

/** An image of a data set and its mask, not yet read. */
export interface DatasetSample {
  /** File name without its ending, for example `2007_000032`. */
  readonly id: string;
  /** Path of the picture. */
  readonly image: string;
  /** Path of the mask. */
  readonly mask: string;
  /**
   * Reads both.
   *
   * @throws DataError as `decodeImage` and `openMask`; `IMAGE_SIZE` when their sizes differ.
   */
  open(options?: DecodeImageOptions): Promise<LabelledImage>;
}

/** Images with masks, and what the masks' values mean. */
export interface Dataset {
  readonly labels: LabelMap;
  readonly samples: readonly DatasetSample[];
}

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

const isJpeg = (name: string): boolean => /\.jpe?g$/i.test(name);

/** Paths of the files of a folder by name without ending. A JPEG goes before others of its name: where masks lie beside images, they are PNG. */
async function filesByStem(folder: string, endings: RegExp): Promise<ReadonlyMap<string, string>> {
  const names = (await readdir(folder)).filter((name) => endings.test(name) && !name.startsWith('.')).toSorted();
  const lastWins = [...names.filter((name) => !isJpeg(name)), ...names.filter(isJpeg)];
  return new Map(lastWins.map((name) => [basename(name, extname(name)), join(folder, name)]));
}

async function openPair(
  { image, mask }: { readonly image: string; readonly mask: string },
  labels: LabelMap,
  options: DecodeImageOptions = {},
): Promise<LabelledImage> {
  const [picture, truth] = await Promise.all([decodeImage(image, options), openMask(mask, { ...options, labels })]);
  if (picture.width !== truth.width || picture.height !== truth.height)
    throw new DataError(
      `${image} is ${picture.width}×${picture.height}, its mask ${mask} ${truth.width}×${truth.height}; they must be the same size`,
      { code: 'IMAGE_SIZE' },
    );
  return { image: picture, mask: truth };
}

const shown = 5;

/** Pairs up entries, or says which files are absent. */
async function pairUp(
  layout: VocLayout,
  chosen: readonly SetEntry[] | undefined,
  labels: LabelMap,
): Promise<readonly DatasetSample[]> {
  const images = await filesByStem(layout.images, /\.(jpe?g|png|webp|tiff?)$/i);
  const masks = await filesByStem(layout.masks, /\.png$/i);
  const entries = chosen ?? [...masks.keys()].map((id): SetEntry => ({ id }));
  const missing: string[] = [];
  const samples = entries.map(({ id, ...paths }) => {
    const image = paths.image === undefined ? images.get(id) : join(layout.root, paths.image);
    const mask = paths.mask === undefined ? masks.get(id) : join(layout.root, paths.mask);
    if (image === undefined) missing.push(join(layout.images, `${id}.jpg`));
    if (mask === undefined) missing.push(join(layout.masks, `${id}.png`));
    const pair = { image: image ?? '', mask: mask ?? '' };
    return { id, ...pair, open: (options?: DecodeImageOptions) => openPair(pair, labels, options) };
  });
  if (missing.length > 0)
    throw new DataError(
      `${missing.length} files of the data set are absent: ${missing.slice(0, shown).join(', ')}${missing.length > shown ? ' …' : ''}`,
      {
        code: 'DATASET_PAIR',
        hint: 'every image needs a mask of the same name; choose an image set whose files are all there',
      },
    );
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
export async function vocDataset(folder: string, options: VocDatasetOptions = {}): Promise<Dataset> {
  const { split, labels = voc2012 } = options;
  const layout = await findLayout(folder, options, split !== undefined && /aug/i.test(basename(split)));
  const chosen = split === undefined ? undefined : await readImageSet(split, layout);
  return { labels, samples: await pairUp(layout, chosen, labels) };
}
