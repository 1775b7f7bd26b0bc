import { DataError } from '@atrous/core';
import type { LabelMask } from './label-mask.ts';

/**
 * Gives every pixel the id that its value stands for.
 *
 * @param ids by value; a value beyond its end, or with an id below 0, has no meaning.
 * @throws DataError `MASK_VALUE` at the first pixel whose value has no meaning.
 */
export function remapMask({ width, height, data }: LabelMask, ids: ArrayLike<number>): LabelMask {
  const mapped = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const id = ids[data[i]!] ?? -1;
    if (id < 0)
      throw new DataError(
        `the mask has the value ${data[i]} at x ${i % width}, y ${Math.floor(i / width)}, which no class has`,
        { code: 'MASK_VALUE', hint: 'check that the masks are of the kind of data set that was named' },
      );
    mapped[i] = id;
  }
  return { width, height, data: mapped };
}
