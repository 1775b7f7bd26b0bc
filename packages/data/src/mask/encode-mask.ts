import type { LabelMap } from '@atrous/core';
import { vocPalette } from '../label-maps/voc-palette.ts';
import { writePng } from '../png/write-png.ts';
import { checkExtents, type Color } from '../rgba-image.ts';
import type { LabelMask } from './label-mask.ts';

/** Colours of all 256 indices: those of the classes, and VOC's for ids that are no class, the ignore label among them. */
function paletteOf(colors: readonly Color[]): Uint8Array {
  return Uint8Array.from(vocPalette(256).flatMap((color, id) => colors[id] ?? color));
}

function rowsOf({ width, height, data }: LabelMask, sampleBytes: 1 | 2): Uint8Array<ArrayBuffer> {
  const stride = width * sampleBytes + 1;
  const rows = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const id = data[y * width + x]!;
      const to = y * stride + 1 + x * sampleBytes;
      if (sampleBytes === 2) rows[to] = id >> 8;
      rows[to + sampleBytes - 1] = id;
    }
  return rows;
}

/**
 * Encodes class ids as PNG: 8-bit palette indices when no id is above 255, else 16-bit grey. {@link decodeMask} gives the ids back.
 *
 * @param labels whose colours the palette gets; by default the mask's own palette, or VOC's.
 * @throws DataError `IMAGE_SIZE` when the mask has no area or its data another size.
 */
export function encodeMask(mask: LabelMask, labels?: LabelMap): Uint8Array<ArrayBuffer> {
  checkExtents('the mask', mask, 1);
  const { width, height, data } = mask;
  if (data.some((id) => id > 255)) return writePng({ width, height, depth: 16, colorType: 0, rows: rowsOf(mask, 2) });
  const palette = paletteOf(labels?.classes.map(({ color }) => color) ?? mask.palette ?? []);
  return writePng({ width, height, depth: 8, colorType: 3, palette, rows: rowsOf(mask, 1) });
}
