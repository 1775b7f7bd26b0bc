import { DataError, type LabelMap } from '@atrous/core';
import type { Color } from '../rgba-image.ts';

/** Black, as CamVid and Cityscapes draw it, and the border colour of VOC. */
const usualVoids: readonly Color[] = [
  [0, 0, 0],
  [224, 224, 192],
];

const keyOf = ([red, green, blue]: Color): number => (red << 16) | (green << 8) | blue;

/**
 * Ids of a label map by colour, `red · 65536 + green · 256 + blue`.
 *
 * @throws DataError `MASK_COLOR` when two classes share a colour, so that it means neither.
 */
export function idsByColor(labels: LabelMap, ignoreColors?: readonly Color[]): ReadonlyMap<number, number> {
  const ids = new Map<number, number>();
  for (const { id, name, color } of labels.classes) {
    const other = ids.get(keyOf(color));
    if (other !== undefined)
      throw new DataError(
        `classes "${labels.classes[other]?.name}" and "${name}" of "${labels.name}" have the same colour (${color.join(', ')}), so a colour mask cannot tell them apart`,
        { code: 'MASK_COLOR', hint: 'use a mask of palette indices or grey values' },
      );
    ids.set(keyOf(color), id);
  }
  if (labels.ignoreLabel === undefined) return ids;
  for (const color of ignoreColors ?? usualVoids)
    if (ignoreColors !== undefined || !ids.has(keyOf(color))) ids.set(keyOf(color), labels.ignoreLabel);
  return ids;
}
