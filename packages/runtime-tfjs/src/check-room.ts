import { memory } from '@tensorflow/tfjs-core';
import { outOfMemory } from './backend-error.ts';
import type { TfjsBackend } from './tfjs-backend.ts';

/**
 * Stops before a tensor would not fit, for backends that would write over other tensors instead of failing.
 *
 * @param size elements of the tensor.
 * @throws BackendError `OUT_OF_MEMORY`.
 */
export function checkRoom({ name, memoryLimit }: TfjsBackend, size: number, where: string): void {
  if (memoryLimit === undefined) return;
  const bytes = memory().numBytes + size * Float32Array.BYTES_PER_ELEMENT;
  if (bytes > memoryLimit) throw outOfMemory(name, where, `${bytes} bytes, and there are ${memoryLimit}`);
}
