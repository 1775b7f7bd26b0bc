import type { Buffers } from './buffers.ts';

/** A kernel that pixels hear. */
export interface Term {
  readonly firstCorner: number;
  readonly corners: number;
  readonly weight: number;
}

/** Copies terms to a device. */
export function uploadTerms(terms: readonly Term[], buffers: Buffers): GPUBuffer {
  const numbers = new Uint32Array(3 * terms.length);
  const weights = new Float32Array(numbers.buffer);
  for (const [i, { firstCorner, corners, weight }] of terms.entries()) {
    numbers.set([firstCorner, corners], 3 * i);
    weights[3 * i + 2] = weight;
  }
  return buffers.upload('terms', numbers);
}
