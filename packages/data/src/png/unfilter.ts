import { DataError } from '@atrous/core';

function paeth(left: number, above: number, corner: number): number {
  const [toLeft, toAbove, toCorner] = [
    Math.abs(above - corner),
    Math.abs(left - corner),
    Math.abs(left + above - 2 * corner),
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

/**
 * Undoes the filters of a (sub)image's rows in place.
 *
 * @param bytes rows, each a filter number and then `rowBytes` bytes.
 * @param pixelBytes distance to the byte of the pixel on the left, at least 1.
 * @see PNG standard, §9
 */
export function unfilter(bytes: Uint8Array, rows: number, rowBytes: number, pixelBytes: number): void {
  const stride = rowBytes + 1;
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * stride]!;
    if (filter > 4)
      throw new DataError(`row ${row} of the PNG has filter ${filter}; there are 0 to 4`, { code: 'IMAGE_BROKEN' });
    const start = row * stride + 1;
    for (let i = start; i < start + rowBytes; i++) {
      const hasLeft = i - start >= pixelBytes;
      const left = hasLeft ? bytes[i - pixelBytes]! : 0;
      const above = row > 0 ? bytes[i - stride]! : 0;
      if (filter === 1) bytes[i]! += left;
      else if (filter === 2) bytes[i]! += above;
      else if (filter === 3) bytes[i]! += (left + above) >> 1;
      else if (filter === 4) bytes[i]! += paeth(left, above, row > 0 && hasLeft ? bytes[i - stride - pixelBytes]! : 0);
    }
  }
}
