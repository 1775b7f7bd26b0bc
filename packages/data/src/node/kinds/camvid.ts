import { basename, extname, join } from 'node:path';
import { camvidIds, camvidOriginal } from '../../label-maps/camvid-original.ts';
import { camvid as labels } from '../../label-maps/camvid.ts';
import { camvidDataset } from '../camvid/camvid-dataset.ts';
import type { FileDataset } from '../files/file-dataset.ts';
import { findFolder, firstFolder } from '../files/find-folder.ts';
import { joinSplits } from '../files/join-splits.ts';
import { IMAGE_ENDING, listFiles } from '../files/list-files.ts';
import { pairFiles } from '../files/pair-files.ts';
import { readImageSet } from '../voc/read-image-set.ts';
import { defineDataset } from './define-dataset.ts';

const MASKS = ['LabeledApproved_full', 'LabeledApproved', 'labels'];
const IMAGES = ['701_StillsRaw_full', 'images'];
const SPLITS = ['train', 'val', 'test'];

/** The original: pictures of 960×720 and masks in 32 colours, which become the 11 classes. */
async function openOriginal(folder: string, masksFolder: string, split: string | undefined): Promise<FileDataset> {
  const imagesFolder = await findFolder(folder, IMAGES, `${IMAGES[0]}/*.png beside ${MASKS[0]}/*_L.png`);
  const images = await listFiles(imagesFolder, IMAGE_ENDING);
  const masks = await listFiles(masksFolder, /(_L|_P)?\.png$/i);
  const layout = { root: folder, images: imagesFolder, masks: masksFolder };
  const chosen = split === undefined ? undefined : await readImageSet(split, layout);
  const ids = chosen?.map(({ id, image = id }) => basename(image, extname(image)));
  return { labels, ...pairFiles({ images, masks }, { labels: camvidOriginal, ids: camvidIds }, ids) };
}

/** CamVid as SegNet's authors lay it out, and the original. */
export const camvid = /* @__PURE__ */ defineDataset({
  name: 'camvid',
  description: 'SPLIT/*.png and SPLITannot/*.png (SegNet), or 701_StillsRaw_full and LabeledApproved_full (colours)',
  splits: SPLITS,
  marks: ['trainannot', 'valannot', 'testannot', 'LabeledApproved_full'],
  async open(folder, { split }) {
    const masks = await firstFolder(MASKS.map((name) => join(folder, name)));
    if (masks !== undefined) return openOriginal(folder, masks, split);
    return joinSplits(split, SPLITS, (name) => camvidDataset(folder, { split: name }));
  },
});
