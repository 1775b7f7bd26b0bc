import type { Preprocessing } from '@atrous/core';
import type { LabelledImage } from '@atrous/data';
import type { Window } from './random-window.ts';

/** Where a crop goes: one place of a batch. */
export interface CropTarget {
  /** `[height, width, 3]`; 0, the mean colour, where there is no picture. */
  readonly image: Float32Array;
  /** `[height, width]`, filled with the ignore label. */
  readonly labels: Int32Array;
  readonly height: number;
  readonly width: number;
}

/** Sources of one axis: for each position of the crop that lies in the picture, its two neighbours, their mixture and the nearest. */
function axisTaps(side: number, { scale, start, extent }: { scale: number; start: number; extent: number }) {
  const scaled = Math.round(side * scale);
  return Array.from({ length: Math.max(0, Math.min(extent, scaled - start)) }, (_, index) => {
    const at = Math.min(Math.max(((start + index + 0.5) * side) / scaled - 0.5, 0), side - 1);
    const first = Math.floor(at);
    return { first, second: Math.min(first + 1, side - 1), share: at - first, nearest: Math.round(at) };
  });
}

/** Copies a window of a picture into a crop: bilinear colours, normalised, and nearest labels. */
export function copyWindow(
  { image, mask }: LabelledImage,
  { scale, top, left, mirrored }: Window,
  { image: target, labels, height, width }: CropTarget,
  { mean, std, channelOrder }: Preprocessing,
): void {
  const rows = axisTaps(image.height, { scale, start: top, extent: height });
  const columns = axisTaps(image.width, { scale, start: left, extent: width });
  if (mirrored) columns.reverse();
  const order = channelOrder === 'rgb' ? [0, 1, 2] : [2, 1, 0];
  const valueAt = (row: number, column: number, channel: number): number =>
    image.data[(row * image.width + column) * 4 + channel] ?? 0;
  for (const [y, row] of rows.entries())
    for (const [x, column] of columns.entries()) {
      const to = y * width + x;
      labels[to] = mask.data[row.nearest * image.width + column.nearest] ?? 0;
      for (let index = 0; index < 3; index++) {
        const channel = order[index] ?? 0;
        const above = valueAt(row.first, column.first, channel);
        const below = valueAt(row.second, column.first, channel);
        const upper = above + (valueAt(row.first, column.second, channel) - above) * column.share;
        const lower = below + (valueAt(row.second, column.second, channel) - below) * column.share;
        const value = upper + (lower - upper) * row.share;
        target[to * 3 + index] = (value - (mean[index] ?? 0)) / (std[index] ?? 1);
      }
    }
}
