import { InvalidArgumentError } from 'commander';

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('It is not a number.');
  return value;
}

/** A flag's value 0 … 1. */
export function parseShare(text: string): number {
  const value = parseNumber(text);
  if (value < 0 || value > 1) throw new InvalidArgumentError('It must lie between 0 and 1.');
  return value;
}

/** A flag's value greater than 0. */
export function parsePositive(text: string): number {
  const value = parseNumber(text);
  if (value <= 0 || value === Infinity) throw new InvalidArgumentError('It must be greater than 0.');
  return value;
}

/** Values greater than 0, separated by commas; ascending, each once. */
export const parsePositives = (text: string): readonly number[] =>
  [...new Set(text.split(',').map(parsePositive))].toSorted((a, b) => a - b);

/** A parser of whole numbers of at least `least`, and no more than `most`. */
export const parseWhole =
  (least: number, most = Infinity) =>
  (text: string): number => {
    const value = parseNumber(text);
    if (!Number.isSafeInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(
        `It must be a whole number ${most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`}.`,
      );
    return value;
  };
