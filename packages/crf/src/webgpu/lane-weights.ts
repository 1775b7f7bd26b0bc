import type { Compatibility } from '../compatibility.ts';

/**
 * Weights of labels, in lanes; or of pairs of labels, a row of lanes for each sender, of the matrix' symmetric part. Lanes that no label has
 * weigh nothing.
 */
export function laneWeights(
  compatibility: Exclude<Compatibility, number>,
  labels: number,
  lanes: number,
): Float32Array<ArrayBuffer> {
  if ('perLabel' in compatibility) {
    const weights = new Float32Array(lanes);
    weights.set(compatibility.perLabel);
    return weights;
  }
  const { matrix } = compatibility;
  const weights = new Float32Array(lanes * lanes);
  for (let i = 0; i < labels; i++)
    for (let j = 0; j < labels; j++) weights[i * lanes + j] = (matrix[i * labels + j]! + matrix[j * labels + i]!) / 2;
  return weights;
}
