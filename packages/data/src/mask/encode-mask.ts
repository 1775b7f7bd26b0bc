import type { LabelMap } from '@atrous/core';
import { vocPalette } from '../label-maps/voc-palette.ts';
import { writePng } from '../png/write-png.ts';
import { checkExtents, type Color } from '../rgba-image.ts';
import type { LabelMask } from './label-mask.ts';

/** Colours of all 256 indices: those of the classes, and VOC's for ids that are no class, the ignore label among them. */
const paletteOf = (colors: readonly Color[]): number[][] =>
  vocPalette(256).map((color, id) => [...(colors[id] ?? color)]);

/**
 * Encodes class ids as PNG: 8-bit palette indices when no id is above 255, else 16-bit grey. {@link decodeMask} gives the ids back.
 *
 * @param labels whose colours the palette gets; by default the mask's own palette, or VOC's.
 * @throws DataError `IMAGE_SIZE` when the mask has no area or its data another size.
 */
export function encodeMask(mask: LabelMask, labels?: LabelMap): Uint8Array<ArrayBuffer> {
  checkExtents('the mask', mask, 1);
  const { width, height, data } = mask;
  if (data.some((id) => id > 255))
    return writePng({ width, height, data: Uint16Array.from(data), channels: 1, depth: 16 });
  const palette = paletteOf(labels?.classes.map(({ color }) => color) ?? mask.palette ?? []);
  return writePng({ width, height, data: Uint8Array.from(data), channels: 1, depth: 8, palette });
}
