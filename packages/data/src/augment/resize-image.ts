import { resizeTaps, type Pair } from '@atrous/core';
import { checkExtents, type RgbaImage } from '../rgba-image.ts';

/** Neighbours of every pixel along one axis, and how near the upper one is. */
interface Axis {
  readonly lower: Int32Array;
  readonly upper: Int32Array;
  readonly nearness: Float32Array;
}

function axisOf(from: number, to: number): Axis {
  const taps = Array.from({ length: to }, (_, i) => resizeTaps('halfPixel', i, from, to));
  return {
    lower: Int32Array.from(taps, ({ lower }) => lower),
    upper: Int32Array.from(taps, ({ upper }) => upper),
    nearness: Float32Array.from(taps, ({ upperWeight }) => upperWeight),
  };
}

/**
 * A picture of another size, each pixel the mean of its four neighbours weighted by nearness (half pixel centres, as OpenCV's
 * `INTER_LINEAR` and PyTorch's `bilinear`; nothing is averaged when it shrinks).
 *
 * @param size height and width in pixels, at least 1.
 * @throws DataError `IMAGE_SIZE` when the picture has no area or its data another size.
 */
export function resizeImage(image: RgbaImage, [height, width]: Pair): RgbaImage {
  checkExtents('the image', image, 4);
  const rows = axisOf(image.height, height);
  const columns = axisOf(image.width, width);
  const data = new Uint8ClampedArray(width * height * 4);
  const from = image.data;
  for (let y = 0, to = 0; y < height; y++) {
    const top = rows.lower[y]! * image.width;
    const bottom = rows.upper[y]! * image.width;
    const down = rows.nearness[y]!;
    for (let x = 0; x < width; x++) {
      const left = columns.lower[x]!;
      const right = columns.upper[x]!;
      const across = columns.nearness[x]!;
      for (let channel = 0; channel < 4; channel++, to++) {
        const a = from[(top + left) * 4 + channel]!;
        const b = from[(top + right) * 4 + channel]!;
        const c = from[(bottom + left) * 4 + channel]!;
        const d = from[(bottom + right) * 4 + channel]!;
        const above = a + (b - a) * across;
        data[to] = above + (c + (d - c) * across - above) * down;
      }
    }
  }
  return { width, height, data };
}
