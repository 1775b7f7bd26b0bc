import type { LabelArray } from '../postprocess/label-array.ts';

/** The number of each pixel's label among `[pixels, classes]`. */
export function confidenceOf(probabilities: Float32Array, labels: LabelArray): Float32Array {
  const classes = probabilities.length / labels.length;
  return Float32Array.from(labels, (label, pixel) => probabilities[pixel * classes + label] as number);
}
