import { checkCount, type PoolingWindow } from '@atrous/atrous-ops';
import { ShapeError, type Pair } from '@atrous/core';

/** Options of heads with image-level features. */
export interface PoolingOptions {
  /**
   * Height and width in image pixels of the windows whose means are the image-level features: what images were cropped to in training
   * (Google); of a smaller image, all. None: one window, the whole map.
   */
  readonly poolingCrop: readonly number[];
  /** Units from one window to the next, down and across. */
  readonly poolingStride: readonly number[];
}

function pairOf(option: string, values: readonly number[]): Pair {
  for (const value of values) checkCount(option, value);
  if (values.length !== 2)
    throw new ShapeError(`${option} has ${values.length} numbers, expected height and width`, { code: 'OPTION' });
  return values as unknown as Pair;
}

/**
 * The window that the options ask for, if any.
 *
 * @throws ShapeError when they are not pairs of positive whole numbers, or there is a stride without a window.
 */
export function poolingWindow({ poolingCrop, poolingStride }: PoolingOptions): PoolingWindow | undefined {
  const stride = pairOf('poolingStride', poolingStride);
  if (poolingCrop.length > 0) return { crop: pairOf('poolingCrop', poolingCrop), stride };
  if (stride[0] > 1 || stride[1] > 1)
    throw new ShapeError('poolingStride needs a poolingCrop: one window over the whole map has no next', {
      code: 'OPTION',
    });
  return undefined;
}
