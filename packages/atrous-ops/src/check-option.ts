import { ShapeError } from '@atrous/core';

const text = (value: unknown): string => JSON.stringify(value) ?? String(value);

/**
 * Checks an option that has a few named values.
 *
 * @throws ShapeError that lists them.
 */
export function checkChoice(option: string, value: unknown, known: readonly string[]): void {
  if (!known.some((choice) => choice === value))
    throw new ShapeError(`${option} is ${text(value)}, expected one of ${known.map(text).join(', ')}`, {
      code: 'OPTION',
    });
}

/**
 * Checks an option that counts something.
 *
 * @throws ShapeError when it is not a whole number of at least 1.
 */
export function checkCount(option: string, value: unknown): void {
  if (!Number.isInteger(value) || (value as number) < 1)
    throw new ShapeError(`${option} is ${text(value)}, expected a whole number of at least 1`, { code: 'OPTION' });
}

/**
 * Checks an option that measures something.
 *
 * @throws ShapeError when it is not a positive, finite number.
 */
export function checkPositive(option: string, value: unknown): void {
  if (typeof value !== 'number' || !(value > 0 && value < Infinity))
    throw new ShapeError(`${option} is ${text(value)}, expected a positive number`, { code: 'OPTION' });
}

/**
 * Checks an option that is a share, such as dropout.
 *
 * @throws ShapeError when it is not at least 0 and below 1.
 */
export function checkShare(option: string, value: unknown): void {
  if (typeof value !== 'number' || !(value >= 0 && value < 1))
    throw new ShapeError(`${option} is ${text(value)}, expected a share from 0 to below 1`, { code: 'OPTION' });
}
