import type { Preprocessing } from '@atrous/core';
import type { RgbaImage } from '../rgba-image.ts';

/** What a network wants of pixels. */
export type Normalisation = Pick<Preprocessing, 'channelOrder' | 'mean' | 'std'>;

/** Writes `(value − mean) / std` of a picture's pixels, three numbers each in the network's order, from `offset` on. */
export function normaliseInto(
  to: Float32Array,
  offset: number,
  { data }: RgbaImage,
  { channelOrder, mean, std }: Normalisation,
): void {
  for (let channel = 0; channel < 3; channel++) {
    const source = channelOrder === 'bgr' ? 2 - channel : channel;
    const shift = mean[channel]!;
    const factor = 1 / std[channel]!;
    for (let from = source, at = offset + channel; from < data.length; from += 4, at += 3)
      to[at] = (data[from]! - shift) * factor;
  }
}
