import { ShapeError, type Pair } from '@atrous/core';
import type { LabelMask } from './label-mask.ts';

/**
 * Which pixel a resized one copies along an axis of `from` pixels that becomes one of `to`:
 *
 * - `floor`: `⌊i · from / to⌋` (OpenCV's `INTER_NEAREST`, PyTorch's `nearest`);
 * - `halfPixel`: `⌊(i + ½) · from / to⌋` (Pillow's `NEAREST`, PyTorch's `nearest-exact`, TensorFlow 2);
 * - `alignCorners`: `i · (from − 1) / (to − 1)`, rounded, halves up (TensorFlow 1's DeepLab).
 */
export type NearestRule = 'floor' | 'halfPixel' | 'alignCorners';

/** In whole numbers, so that no rounding of a quotient moves a pixel. */
function nearest(rule: NearestRule, i: number, from: number, to: number): number {
  switch (rule) {
    case 'floor':
      return Math.floor((i * from) / to);
    case 'halfPixel':
      return Math.floor(((2 * i + 1) * from) / (2 * to));
    case 'alignCorners':
      return to === 1 ? 0 : Math.floor((2 * i * (from - 1) + to - 1) / (2 * (to - 1)));
    default:
      return rule satisfies never;
  }
}

function pick({ width, data, palette }: LabelMask, rows: readonly number[], columns: readonly number[]): LabelMask {
  const size = rows.length * columns.length;
  const out = data instanceof Uint8Array ? new Uint8Array(size) : new Uint16Array(size);
  let to = 0;
  for (const row of rows) for (const column of columns) out[to++] = data[row * width + column]!;
  return { width: columns.length, height: rows.length, data: out, ...(palette && { palette }) };
}

/**
 * A mask of another size, by copying pixels: class ids cannot be mixed.
 *
 * @param size height and width in pixels, at least 1.
 * @throws ShapeError when the size is not made of whole positive numbers.
 */
export function resizeMask(mask: LabelMask, size: Pair, rule: NearestRule): LabelMask {
  if (!size.every((side) => Number.isInteger(side) && side > 0))
    throw new ShapeError(`a mask cannot have the size ${size.join('×')}`, { code: 'OPTION' });
  const [height, width] = size;
  return pick(
    mask,
    Array.from({ length: height }, (_, i) => nearest(rule, i, mask.height, height)),
    Array.from({ length: width }, (_, i) => nearest(rule, i, mask.width, width)),
  );
}

/**
 * Every `stride`th row and column, from the first: the labels that DeepLab v1 and v2 compare scores at an output stride with
 * (Caffe's shrinking of labels).
 *
 * @param stride pixels between copied ones, at least 1.
 * @returns a mask of `⌈height / stride⌉ × ⌈width / stride⌉`.
 * @throws ShapeError when the stride is not a whole positive number.
 * @see Chen et al. 2014, "Semantic Image Segmentation with Deep Convolutional Nets and Fully Connected CRFs", §3.2, arXiv:1412.7062
 */
export function subsampleMask(mask: LabelMask, stride: number): LabelMask {
  if (!Number.isInteger(stride) || stride < 1)
    throw new ShapeError(`a mask cannot be subsampled with the stride ${stride}`, { code: 'OPTION' });
  const every = (extent: number) => Array.from({ length: Math.ceil(extent / stride) }, (_, i) => i * stride);
  return pick(mask, every(mask.height), every(mask.width));
}
