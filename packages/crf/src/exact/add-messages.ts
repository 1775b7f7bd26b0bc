import type { Compatibility } from '../compatibility.ts';

function addMatrix(energies: Float64Array, filtered: Float64Array, labels: number, matrix: Float32Array): void {
  for (let start = 0; start < energies.length; start += labels)
    for (let to = 0; to < labels; to++)
      for (let from = 0; from < labels; from++) {
        const drawn = (matrix[to * labels + from]! + matrix[from * labels + to]!) / 2;
        energies[start + to]! -= drawn * filtered[start + from]!;
      }
}

/** Adds C(KQ) of one kernel to energies `[pixels, labels]`. */
export function addMessages(
  energies: Float64Array,
  filtered: Float64Array,
  labels: number,
  compatibility: Compatibility,
): void {
  if (typeof compatibility === 'number') {
    for (let i = 0; i < energies.length; i++) energies[i]! -= compatibility * filtered[i]!;
  } else if ('perLabel' in compatibility) {
    for (let i = 0; i < energies.length; i++) energies[i]! -= compatibility.perLabel[i % labels]! * filtered[i]!;
  } else {
    addMatrix(energies, filtered, labels, compatibility.matrix);
  }
}
