import type { PaintClass } from './paint-class.ts';
import type { Box, Painting } from './painting.ts';

/** Colours of a part of a painting; clear where no class was painted. */
export function paintPixels({ width, pixels }: Painting, box: Box, classes: readonly PaintClass[]): ImageData {
  const image = new ImageData(box.right - box.left, box.bottom - box.top);
  const words = new Uint32Array(image.data.buffer);
  const colors = new Uint32Array(256);
  // Little-endian, the order of canvas pixels on every machine that has browsers.
  for (const { key, color } of classes)
    colors[key] = ((255 << 24) | (color[2] << 16) | (color[1] << 8) | color[0]) >>> 0;
  for (let y = 0; y < image.height; y += 1) {
    const row = (box.top + y) * width + box.left;
    for (let x = 0; x < image.width; x += 1) words[y * image.width + x] = colors[pixels[row + x] ?? 255] ?? 0;
  }
  return image;
}
