/** The label of the largest of each pixel's `[pixels, labels]` marginals, the lowest of equal ones. */
export function largestLabels(marginals: Float32Array, labels: number): Uint8Array {
  const largest = new Uint8Array(marginals.length / labels);
  for (let pixel = 0; pixel < largest.length; pixel++) {
    const start = pixel * labels;
    let best = 0;
    for (let label = 1; label < labels; label++) if (marginals[start + label]! > marginals[start + best]!) best = label;
    largest[pixel] = best;
  }
  return largest;
}
