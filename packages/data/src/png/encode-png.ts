import { checkExtents, type RgbaImage } from '../rgba-image.ts';
import { writePng } from './write-png.ts';

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

function withoutAlpha({ width, height, data }: RgbaImage): Uint8ClampedArray {
  const rgb = new Uint8ClampedArray(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from]!;
    rgb[to + 1] = data[from + 1]!;
    rgb[to + 2] = data[from + 2]!;
  }
  return rgb;
}

/**
 * Encodes a picture as PNG without loss: RGB when every pixel is opaque, RGBA otherwise.
 *
 * @throws DataError `IMAGE_SIZE` when the picture has no area or its data another size.
 */
export function encodePng(image: RgbaImage): Uint8Array<ArrayBuffer> {
  checkExtents('the image', image, 4);
  const { width, height, data } = image;
  const pixels = isOpaque(data)
    ? ({ data: withoutAlpha(image), channels: 3 } as const)
    : ({ data, channels: 4 } as const);
  return writePng({ width, height, ...pixels });
}
