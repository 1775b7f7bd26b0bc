import { InvalidArgumentError } from 'commander';

/** A trimap wider than this holds the whole picture. */
const WIDEST = 1000;

/** Widths in pixels, `1,2.5,10` or `1-40` or both. */
export function parseWidths(text: string): readonly number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+(?:\.\d+)?)(?:-(\d+))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first), Number(last)];
    if (!(from > 0 && from <= to && to <= WIDEST))
      throw new InvalidArgumentError(`It looks like 1,2,5,10 or 1-40, in pixels up to ${WIDEST}.`);
    return Array.from({ length: Math.floor(to - from) + 1 }, (_, index) => from + index);
  });
}
