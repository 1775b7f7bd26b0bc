/** Softmax of the negated energies, `[pixels, labels]`. */
export function softmax(energies: Float64Array, labels: number): Float64Array {
  const marginals = new Float64Array(energies.length);
  for (let start = 0; start < energies.length; start += labels) {
    const end = start + labels;
    let least = Infinity;
    for (let i = start; i < end; i++) least = Math.min(least, energies[i]!);
    let sum = 0;
    for (let i = start; i < end; i++) sum += marginals[i] = Math.exp(least - energies[i]!);
    for (let i = start; i < end; i++) marginals[i]! /= sum;
  }
  return marginals;
}
