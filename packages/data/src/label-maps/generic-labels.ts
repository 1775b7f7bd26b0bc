import { ShapeError, type LabelMap } from '@atrous/core';
import type { Color } from '../rgba-image.ts';
import { defineLabelMap } from './define-label-map.ts';

const goldenAngle = 180 * (3 - Math.sqrt(5));

/** HSV to RGB, hue in degrees, saturation and value 0 … 1. */
function fromHsv(hue: number, saturation: number, value: number): Color {
  const channel = (offset: number) => {
    const sector = (offset + hue / 60) % 6;
    return Math.round(255 * value * (1 - saturation * Math.max(0, Math.min(sector, 4 - sector, 1))));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Hues a golden angle apart never come close to their neighbours; brightness and saturation tell apart those that meet later. */
const colorOf = (index: number): Color =>
  fromHsv((index * goldenAngle) % 360, 1 - 0.2 * (Math.floor(index / 8) % 3), 1 - 0.2 * (index % 2));

/**
 * Labels for a network whose classes are not known: `class 0`, `class 1` … in colours that can be told apart. Class 0, background by
 * custom, is black.
 *
 * @param count number of classes, 1 … 65,536.
 * @param name of the label map; by default `generic-<count>`.
 * @throws ShapeError when the count is out of range.
 */
export function genericLabels(count: number, name = `generic-${count}`): LabelMap {
  if (!Number.isInteger(count) || count < 1 || count > 65_536)
    throw new ShapeError(`a label map has 1 to 65536 classes, got ${count}`);
  return defineLabelMap(
    name,
    Array.from({ length: count }, (_, id) => [`class ${id}`, id === 0 ? [0, 0, 0] : colorOf(id - 1)] as const),
  );
}
