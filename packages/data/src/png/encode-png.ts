import { checkExtents, type RgbaImage } from '../rgba-image.ts';
import { writePng } from './write-png.ts';

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

/** Rows with the `Sub` filter: each byte less the one of the pixel on its left, which suits photographs and overlays. */
function filteredRows({ width, height, data }: RgbaImage, channels: 3 | 4): Uint8Array<ArrayBuffer> {
  const stride = width * channels + 1;
  const rows = new Uint8Array(height * stride);
  for (let y = 0; y < height; y++) {
    rows[y * stride] = 1;
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 4;
      const to = y * stride + 1 + x * channels;
      for (let channel = 0; channel < channels; channel++)
        rows[to + channel] = data[from + channel]! - (x > 0 ? data[from + channel - 4]! : 0);
    }
  }
  return rows;
}

/**
 * Encodes a picture as PNG without loss: RGB when every pixel is opaque, RGBA otherwise.
 *
 * @throws DataError `IMAGE_SIZE` when the picture has no area or its data another size.
 */
export function encodePng(image: RgbaImage): Uint8Array<ArrayBuffer> {
  checkExtents('the image', image, 4);
  const channels = isOpaque(image.data) ? 3 : 4;
  return writePng({
    width: image.width,
    height: image.height,
    depth: 8,
    colorType: channels === 3 ? 2 : 6,
    rows: filteredRows(image, channels),
  });
}
