import type { LabelClass } from '@atrous/core';
import { UNPAINTED } from './painting.ts';

/** A class to paint with. */
export interface PaintClass {
  /** Its value in paintings, 0 … 254. Stays while names, colours and neighbours change. */
  readonly key: number;
  readonly name: string;
  readonly color: LabelClass['color'];
}

/** The lowest key that no class has; `undefined` when all are taken. */
export function freeKey(classes: readonly PaintClass[]): number | undefined {
  const taken = new Set(classes.map(({ key }) => key));
  for (let key = 0; key < UNPAINTED; key += 1) if (!taken.has(key)) return key;
  return undefined;
}

/** Neighbours in the list get hues far apart, however many there are. */
const goldenAngle = 137.508;

/** A colour for the class with a key. */
export function colorOf(key: number): LabelClass['color'] {
  const channel = (shift: number): number => {
    const position = (shift + (key * goldenAngle) / 30) % 12;
    return Math.round(255 * (0.55 - 0.4 * Math.max(-1, Math.min(position - 3, 9 - position, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}

/** `#rrggbb`, as colour fields want it. */
export const hexOf = (color: LabelClass['color']): string =>
  `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`;

/** The colour of `#rrggbb`. */
export function colorOfHex(hex: string): LabelClass['color'] {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** Class ids, in the order of the list, for keys: what training and masks count with. Unpainted pixels keep {@link UNPAINTED}. */
export function toClassIds(pixels: Uint8Array, classes: readonly PaintClass[]): Uint8Array {
  const idOf = new Uint8Array(256).fill(UNPAINTED);
  classes.forEach(({ key }, id) => (idOf[key] = id));
  return pixels.map((key) => idOf[key] ?? UNPAINTED);
}
