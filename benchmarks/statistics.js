// @ts-check

/** The middle of a list, or the lower of the two in the middle. @param {readonly number[]} list */
export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)] ?? NaN;

/** Real numbers count as the same within a thousandth of the largest. */
const TOLERANCE = 1e-3;

/**
 * Share of numbers that are the same: labels exactly, others nearly.
 *
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 * @returns {number | undefined} nothing where one of them is empty
 */
export function agreement(a, b) {
  if (a.length === 0 || b.length === 0) return undefined;
  if (a.length !== b.length) return 0;
  let largest = 0;
  let areWhole = true;
  for (let i = 0; i < b.length; i++) {
    const value = b[i] ?? NaN;
    largest = Math.max(largest, Math.abs(value));
    areWhole &&= Number.isInteger(value);
  }
  const within = areWhole ? 0 : TOLERANCE * largest;
  let same = 0;
  for (let i = 0; i < a.length; i++) same += Number(Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)) <= within);
  return same / a.length;
}
