import { AtrousError, DataError, type LabelMap } from '@atrous/core';
import type { LabelledImage } from '../../dataset.ts';
import type { LabelMask } from '../../mask/label-mask.ts';
import { remapMask } from '../../mask/remap-mask.ts';
import { decodeImage, type DecodeImageOptions } from '../decode-image.ts';
import { openMask } from '../open-mask.ts';
import type { FileSample } from './file-dataset.ts';

/** How the masks of a data set are read. */
export interface MaskReading {
  /** What the values or colours in the files mean. */
  readonly labels: LabelMap;
  /** Class ids by value, below 0 where a value has no meaning; without, values are class ids. */
  readonly ids?: ArrayLike<number> | undefined;
}

async function readMask(path: string, { labels, ids }: MaskReading, options: DecodeImageOptions): Promise<LabelMask> {
  const mask = await openMask(path, { ...options, labels });
  if (ids === undefined) return mask;
  try {
    return remapMask(mask, ids);
  } catch (cause) {
    if (!(cause instanceof AtrousError)) throw cause;
    throw new DataError(`${path}: ${cause.message}`, { code: cause.code, hint: cause.hint, cause });
  }
}

async function openPair(
  { image, mask }: { readonly image: string; readonly mask: string },
  reading: MaskReading,
  options: DecodeImageOptions = {},
): Promise<LabelledImage> {
  const [picture, truth] = await Promise.all([decodeImage(image, options), readMask(mask, reading, options)]);
  if (picture.width !== truth.width || picture.height !== truth.height)
    throw new DataError(
      `${image} is ${picture.width}×${picture.height}, its mask ${mask} ${truth.width}×${truth.height}; they must be the same size`,
      { code: 'IMAGE_SIZE' },
    );
  return { image: picture, mask: truth };
}

/**
 * A sample that reads its files when it is opened.
 *
 * Opening throws DataError as `decodeImage` and `openMask`, `MASK_VALUE` when a value has no meaning, and `IMAGE_SIZE` when the sizes
 * differ.
 */
export const fileSample = (
  files: { readonly id: string; readonly image: string; readonly mask: string },
  reading: MaskReading,
): FileSample => ({ ...files, open: (options?: DecodeImageOptions) => openPair(files, reading, options) });
