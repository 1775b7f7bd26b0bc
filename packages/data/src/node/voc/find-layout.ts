import { DataError } from '@atrous/core';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { firstFolder, isFolder } from '../files/find-folder.ts';

/** Where the parts of a VOC-style data set are. */
export interface VocLayout {
  /** Folder that image sets name files below. */
  readonly root: string;
  readonly images: string;
  readonly masks: string;
}

/** Names of folders a caller may give instead of VOC's. */
export interface VocFolders {
  readonly images?: string | undefined;
  readonly masks?: string | undefined;
}

/** The folder itself, or the year's folder of the devkit inside. */
async function rootsOf(folder: string): Promise<readonly string[]> {
  const devkit = join(folder, 'VOCdevkit');
  const years = async (parent: string) =>
    (await readdir(parent).catch(() => []))
      .filter((name) => /^VOC20\d\d$/.test(name))
      .toSorted()
      .reverse();
  return [
    folder,
    ...(await years(folder)).map((year) => join(folder, year)),
    ...(await years(devkit)).map((year) => join(devkit, year)),
  ];
}

/**
 * Finds images and masks below a folder: that of the devkit, the one it lies in, or any with folders of the same names.
 *
 * @param isAugmented whether the masks of the augmented set are meant.
 * @throws DataError `DATASET_FOLDER` when there are none.
 */
export async function findLayout(folder: string, folders: VocFolders, isAugmented: boolean): Promise<VocLayout> {
  if (!(await isFolder(folder)))
    throw new DataError(`there is no folder ${folder}`, { code: 'DATASET_FOLDER', hint: 'check the path' });
  const imagesName = folders.images ?? 'JPEGImages';
  const masksNames =
    folders.masks !== undefined
      ? [folders.masks]
      : isAugmented
        ? ['SegmentationClassAug']
        : ['SegmentationClass', 'SegmentationClassAug'];
  for (const root of await rootsOf(folder)) {
    const images = join(root, imagesName);
    if (!(await isFolder(images))) continue;
    const masks = await firstFolder(masksNames.map((name) => join(root, name)));
    if (masks !== undefined) return { root, images, masks };
    throw new DataError(`${root} has ${imagesName} but not ${masksNames.join(' or ')}`, {
      code: 'DATASET_FOLDER',
      hint: 'name the folder of the masks',
    });
  }
  throw new DataError(`${folder} has no folder ${imagesName}, nor has a VOCdevkit/VOC20xx in it`, {
    code: 'DATASET_FOLDER',
    hint: `expected ${imagesName}/*.jpg and ${masksNames[0]}/*.png; other names of folders can be given`,
  });
}
