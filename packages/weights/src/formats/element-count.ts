/**
 * Number of elements of a shape that came from a file.
 *
 * @returns `undefined` when an extent is not a whole number from 0 up, or the product is too large for a number to count.
 */
export function elementCount(shape: readonly unknown[]): number | undefined {
  let count = 1;
  for (const extent of shape)
    if (typeof extent !== 'number' || !Number.isSafeInteger(extent) || extent < 0) return undefined;
  if (shape.includes(0)) return 0;
  for (const extent of shape as readonly number[]) count *= extent;
  return Number.isSafeInteger(count) ? count : undefined;
}
