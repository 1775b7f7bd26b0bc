/**
 * Which element of a line each element of the same line within a mirrored border shows. The outermost elements are not repeated, as in
 * OpenCV's `BORDER_REFLECT_101`; reflections are reflected again where the border is longer than the line.
 *
 * @param extent elements of the line, at least 1.
 * @param border elements added at either end.
 */
export function mirror(extent: number, border: number): Uint32Array {
  const period = Math.max(1, 2 * (extent - 1));
  return Uint32Array.from({ length: extent + 2 * border }, (_, index) => {
    const position = Math.abs(index - border) % period;
    return Math.min(position, period - position);
  });
}
