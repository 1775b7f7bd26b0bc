import type { LabelMap } from '@atrous/core';
import { checkExtents, type Color, type RgbaImage } from '../rgba-image.ts';
import type { LabelMask } from './label-mask.ts';

/**
 * Draws class ids in the colours of their classes. Ids that are no class, the ignore label among them, become transparent.
 *
 * @throws DataError `IMAGE_SIZE` when the mask has no area or its data another size.
 */
export function colorize(mask: LabelMask, labels: LabelMap): RgbaImage {
  checkExtents('the mask', mask, 1);
  const { width, height, data: ids } = mask;
  const colors: readonly Color[] = labels.classes.map(({ color }) => color);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < ids.length; pixel++) {
    const color = colors[ids[pixel]!];
    if (color === undefined) continue;
    const to = pixel * 4;
    data[to] = color[0];
    data[to + 1] = color[1];
    data[to + 2] = color[2];
    data[to + 3] = 255;
  }
  return { width, height, data };
}
