import { DataError, UnsupportedError } from '@atrous/core';

/** Colour types of the PNG standard, §11.2.1: how many samples a pixel has and which depths are allowed. */
const colorTypes: Readonly<Record<number, { readonly channels: number; readonly depths: readonly number[] }>> = {
  0: { channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { channels: 3, depths: [8, 16] },
  3: { channels: 1, depths: [1, 2, 4, 8] },
  4: { channels: 2, depths: [8, 16] },
  6: { channels: 4, depths: [8, 16] },
};

/** What a PNG says about itself before its data. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample. */
  readonly depth: number;
  /** 0 grey, 2 RGB, 3 palette index, 4 grey and alpha, 6 RGBA. */
  readonly colorType: number;
  /** Samples per pixel in the file. */
  readonly channels: number;
  readonly isInterlaced: boolean;
}

/** Most pixels a picture may have unless a call says otherwise: 400 MB as RGBA. */
export const defaultMaxPixels = 100_000_000;

/** @throws DataError `IMAGE_TOO_LARGE` when a picture has more pixels than allowed. */
export function checkPixelCount(width: number, height: number, maxPixels: number): void {
  if (width * height > maxPixels)
    throw new DataError(`the image is ${width}×${height}, ${width * height} pixels; the limit is ${maxPixels}`, {
      code: 'IMAGE_TOO_LARGE',
      hint: 'shrink the image, or raise maxPixels if its origin is trusted',
    });
}

/** Reads and checks the content of an `IHDR` chunk. */
export function readHeader(chunk: DataView, maxPixels: number): PngHeader {
  if (chunk.byteLength !== 13)
    throw new DataError(`the PNG header has ${chunk.byteLength} bytes instead of 13`, { code: 'IMAGE_BROKEN' });
  const [width, height] = [chunk.getUint32(0), chunk.getUint32(4)];
  const [depth, colorType] = [chunk.getUint8(8), chunk.getUint8(9)];
  const [compression, filter, interlace] = [chunk.getUint8(10), chunk.getUint8(11), chunk.getUint8(12)];
  if (width === 0 || height === 0)
    throw new DataError(`the PNG is ${width}×${height}: it has no pixels`, { code: 'IMAGE_BROKEN' });
  checkPixelCount(width, height, maxPixels);
  const type = colorTypes[colorType];
  if (!type?.depths.includes(depth))
    throw new DataError(`no PNG has colour type ${colorType} with ${depth} bits`, { code: 'IMAGE_BROKEN' });
  if (compression !== 0 || filter !== 0 || interlace > 1)
    throw new UnsupportedError(
      `the PNG uses compression ${compression}, filter ${filter}, interlacing ${interlace}; the standard knows 0, 0 and 0 or 1`,
      { code: 'IMAGE_UNSUPPORTED' },
    );
  return { width, height, depth, colorType, channels: type.channels, isInterlaced: interlace === 1 };
}

/** Columns and rows of the seven subimages of an interlaced PNG: where they start and how far apart they are (PNG standard, §8.2). */
const adam7 = [
  { x: 0, y: 0, xStep: 8, yStep: 8 },
  { x: 4, y: 0, xStep: 8, yStep: 8 },
  { x: 0, y: 4, xStep: 4, yStep: 8 },
  { x: 2, y: 0, xStep: 4, yStep: 4 },
  { x: 0, y: 2, xStep: 2, yStep: 4 },
  { x: 1, y: 0, xStep: 2, yStep: 2 },
  { x: 0, y: 1, xStep: 1, yStep: 2 },
] as const;
const whole = [{ x: 0, y: 0, xStep: 1, yStep: 1 }] as const;

/** Size of the decompressed pixels: per row its samples and the number of its filter. */
export function pixelBytes({ width, height, depth, channels, isInterlaced }: PngHeader): number {
  return (isInterlaced ? adam7 : whole).reduce((sum, { x, y, xStep, yStep }) => {
    const columns = Math.ceil((width - x) / xStep);
    const rows = Math.ceil((height - y) / yStep);
    return columns > 0 && rows > 0 ? sum + rows * (1 + Math.ceil((columns * channels * depth) / 8)) : sum;
  }, 0);
}
