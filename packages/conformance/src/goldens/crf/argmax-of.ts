/** The label of the largest of each pixel's `[pixels, labels]` marginals. */
export function argmaxOf(marginals: Float32Array, labels: number): Uint8Array {
  return Uint8Array.from({ length: marginals.length / labels }, (_, pixel) => {
    const row = marginals.subarray(pixel * labels, (pixel + 1) * labels);
    return row.indexOf(Math.max(...row));
  });
}
