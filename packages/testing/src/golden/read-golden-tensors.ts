import type { Tensor } from '@atrous/core';
import { readFileSync } from 'node:fs';
import { parseGoldenTensors } from './safetensors.ts';

/**
 * Reads a safetensors file of a golden folder.
 *
 * @throws Error that names the file, for anything but float32 and int32.
 */
export function readGoldenTensors(path: string): ReadonlyMap<string, Tensor> {
  try {
    // A copy that is no Buffer, whose slices share memory.
    return parseGoldenTensors(new Uint8Array(readFileSync(path)));
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause });
  }
}
