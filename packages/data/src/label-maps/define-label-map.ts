import type { LabelMap } from '@atrous/core';
import type { Color } from '../rgba-image.ts';
import { vocPalette } from './voc-palette.ts';

/** A label map whose ids are the positions of its classes. */
export function defineLabelMap(
  name: string,
  classes: readonly (readonly [name: string, color: Color])[],
  ignoreLabel?: number,
): LabelMap {
  return { name, classes: classes.map(([className, color], id) => ({ id, name: className, color })), ignoreLabel };
}

/** The same with the colours of the VOC palette. */
export function defineVocColoredMap(name: string, names: readonly string[], ignoreLabel: number): LabelMap {
  const colors = vocPalette(names.length);
  return { name, classes: names.map((className, id) => ({ id, name: className, color: colors[id]! })), ignoreLabel };
}
