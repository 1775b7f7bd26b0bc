import { tensor, sizeOf, type OpAttrs, type Tensor } from '@atrous/core';
import type { KernelKind } from '../kernel.ts';

/** One op on tiny inputs, with numbers that no tfjs code had a part in. */
export interface Check<K extends KernelKind = KernelKind> {
  /** What is reported when it fails. */
  readonly family: string;
  readonly kind: K;
  readonly attrs: OpAttrs[K];
  readonly inputs: readonly Tensor[];
  readonly params?: Readonly<Record<string, Tensor>>;
  readonly shape: readonly [n: number, h: number, w: number, c: number];
  /** The right value at a position of the result. */
  readonly expected: (y: number, x: number, c: number) => number;
}

/** Keeps the kind and its attributes together. */
export const check = <K extends KernelKind>(definition: Check<K>): Check => definition;

/** Numbers in −1 … 1 that repeat late. */
export const sample = (shape: readonly number[], step = 37): Tensor =>
  tensor(
    Float32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * step) % 101) / 50 - 1),
    shape,
  );

/** An image of one sample `[1, h, w, c]` filled by a function of the position. */
export const imageOf = (
  [height, width, channels]: readonly [number, number, number],
  value: (y: number, x: number, c: number) => number,
): Tensor =>
  tensor(
    Float32Array.from({ length: height * width * channels }, (_, i) => {
      const pixel = Math.floor(i / channels);
      return value(Math.floor(pixel / width), pixel % width, i % channels);
    }),
    [1, height, width, channels],
  );

/** Reads a 4-dimensional tensor; `undefined` outside. */
export function at({ shape, data }: Tensor, a: number, b: number, c: number, d: number): number | undefined {
  const [, rows = 1, columns = 1, last = 1] = shape;
  const inside = b >= 0 && b < rows && c >= 0 && c < columns;
  return inside ? data[((a * rows + b) * columns + c) * last + d] : undefined;
}
