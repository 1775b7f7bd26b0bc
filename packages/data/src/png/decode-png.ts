import { DataError } from '@atrous/core';
import type { RgbaImage } from '../rgba-image.ts';
import { defaultMaxPixels } from './header.ts';
import { readSamples, type PngSamples } from './read-samples.ts';

/** Options of readers of PNG files. */
export interface DecodePngOptions {
  /** Most pixels the image may have, 100 million by default. Larger ones are refused before memory is taken. */
  readonly maxPixels?: number | undefined;
}

function fromPalette({ samples, palette, transparency }: PngSamples, target: Uint8ClampedArray): void {
  const colors = palette!.length / 3;
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const index = samples[pixel]!;
    if (index >= colors)
      throw new DataError(`pixel ${pixel} of the PNG has index ${index}, its palette has ${colors} colours`, {
        code: 'IMAGE_BROKEN',
      });
    for (let channel = 0; channel < 3; channel++) target[pixel * 4 + channel] = palette![index * 3 + channel]!;
    target[pixel * 4 + 3] = transparency?.[index] ?? 255;
  }
}

/** The one colour that is transparent, as the file has it: two bytes per channel. */
function transparentColor({ transparency, header }: PngSamples): readonly number[] | undefined {
  if (transparency === undefined || header.channels === 2 || header.channels === 4) return undefined;
  const colorOf = (channel: number) => ((transparency[2 * channel] ?? 0) << 8) | (transparency[2 * channel + 1] ?? 0);
  return Array.from({ length: header.channels }, (_, channel) => colorOf(channel));
}

function fromSamples(png: PngSamples, target: Uint8ClampedArray): void {
  const { samples, header } = png;
  const { depth, channels } = header;
  const transparent = transparentColor(png);
  const hasColor = channels >= 3;
  const hasAlpha = channels % 2 === 0;
  const scale = depth < 8 ? 255 / ((1 << depth) - 1) : 1;
  const level = (position: number) => (depth === 16 ? samples[position]! >> 8 : samples[position]! * scale);
  for (let pixel = 0, from = 0; from < samples.length; pixel++, from += channels) {
    const to = pixel * 4;
    target[to] = level(from);
    target[to + 1] = hasColor ? level(from + 1) : target[to];
    target[to + 2] = hasColor ? level(from + 2) : target[to];
    if (hasAlpha) target[to + 3] = level(from + channels - 1);
    else target[to + 3] = transparent?.every((value, channel) => samples[from + channel] === value) ? 0 : 255;
  }
}

/**
 * Decodes a PNG of any colour type, depth and interlacing, without anything of a browser or Node.
 *
 * Of 16-bit samples the upper 8 bits are kept. Colour profiles and gamma are ignored: numbers are those of the file. Of an animation,
 * the default image.
 *
 * @throws DataError `IMAGE_FORMAT` when the bytes are no PNG, `IMAGE_BROKEN` when they are damaged or incomplete, `IMAGE_TOO_LARGE`.
 */
export function decodePng(bytes: Uint8Array, options: DecodePngOptions = {}): RgbaImage {
  const png = readSamples(bytes, options.maxPixels ?? defaultMaxPixels);
  const { width, height, colorType } = png.header;
  const data = new Uint8ClampedArray(width * height * 4);
  if (colorType === 3) fromPalette(png, data);
  else fromSamples(png, data);
  return { width, height, data };
}
