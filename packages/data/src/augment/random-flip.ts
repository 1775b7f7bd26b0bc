import type { Transform } from './transform.ts';

/** Rows of `channels` numbers a pixel, each from right to left. */
function mirrored<T extends Uint8Array | Uint16Array | Uint8ClampedArray>(data: T, width: number, channels: number): T {
  const flipped = data.slice() as T;
  const row = width * channels;
  for (let start = 0; start < data.length; start += row)
    for (let x = 0; x < width; x++)
      for (let channel = 0; channel < channels; channel++)
        flipped[start + x * channels + channel] = data[start + (width - 1 - x) * channels + channel]!;
  return flipped;
}

/** Exchanges left and right with a probability, 0 … 1; 0.5 by default. */
export const randomFlip =
  (probability = 0.5): Transform =>
  (sample, random) => {
    if (!random.chance(probability)) return sample;
    const { image, mask } = sample;
    return {
      image: { ...image, data: mirrored(image.data, image.width, 4) },
      mask: { ...mask, data: mirrored(mask.data, mask.width, 1) },
    };
  };
