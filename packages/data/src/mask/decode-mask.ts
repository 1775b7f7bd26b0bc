import { DataError, type LabelMap } from '@atrous/core';
import { decodePng, type DecodePngOptions } from '../png/decode-png.ts';
import { defaultMaxPixels } from '../png/header.ts';
import { readSamples } from '../png/read-samples.ts';
import type { Color } from '../rgba-image.ts';
import { idsByColor } from './ids-by-color.ts';
import type { LabelMask } from './label-mask.ts';

/** Options of {@link decodeMask}. */
export interface DecodeMaskOptions extends DecodePngOptions {
  /** Whose colours a colour-coded mask has. Masks of palette indices or grey values are read without it. */
  readonly labels?: LabelMap | undefined;
  /**
   * Colours of a colour-coded mask that mean `labels.ignoreLabel`. By default black and VOC's void, `[224, 224, 192]`, unless a class
   * has them.
   */
  readonly ignoreColors?: readonly Color[] | undefined;
}

function toColors(palette: Uint8Array): readonly Color[] {
  return Array.from({ length: palette.length / 3 }, (_, i) => [
    palette[3 * i]!,
    palette[3 * i + 1]!,
    palette[3 * i + 2]!,
  ]);
}

function fromColors(bytes: Uint8Array, options: DecodeMaskOptions): LabelMask {
  const { labels } = options;
  if (labels === undefined)
    throw new DataError('the mask has colours instead of class ids', {
      code: 'MASK_COLOR',
      hint: 'pass the label map with these colours as labels, or use a mask of palette indices or grey values',
    });
  const { width, height, data: rgba } = decodePng(bytes, options);
  const ids = idsByColor(labels, options.ignoreColors);
  const data = new (labels.classes.length > 256 ? Uint16Array : Uint8Array)(width * height);
  for (let pixel = 0; pixel < data.length; pixel++) {
    const [red, green, blue] = [rgba[4 * pixel]!, rgba[4 * pixel + 1]!, rgba[4 * pixel + 2]!];
    const id = ids.get((red << 16) | (green << 8) | blue);
    if (id === undefined)
      throw new DataError(
        `the mask has colour (${red}, ${green}, ${blue}) at x ${pixel % width}, y ${Math.floor(pixel / width)}, which no class of "${labels.name}" has`,
        { code: 'MASK_COLOR', hint: 'use the label map the mask was made with; JPEG and smooth scaling spoil masks' },
      );
    data[pixel] = id;
  }
  return { width, height, data };
}

/**
 * Reads class ids from a PNG: palette indices and grey values of any depth as they are, never their colours; colours of an RGB image
 * through a label map.
 *
 * @throws DataError `IMAGE_FORMAT`, `IMAGE_BROKEN`, `IMAGE_TOO_LARGE` as `decodePng`; `MASK_COLOR` when the mask has colours and no
 * label map was given, or a colour that is not in it.
 */
export function decodeMask(bytes: Uint8Array, options: DecodeMaskOptions = {}): LabelMask {
  const { header, palette, samples } = readSamples(bytes, options.maxPixels ?? defaultMaxPixels);
  const { width, height, colorType } = header;
  switch (colorType) {
    case 0:
      return { width, height, data: samples };
    case 3:
      return { width, height, data: samples, palette: toColors(palette!) };
    case 4:
      return { width, height, data: samples.filter((_, i) => i % 2 === 0) };
    default:
      return fromColors(bytes, options);
  }
}
