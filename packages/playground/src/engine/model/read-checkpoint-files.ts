import type { LongRunningOptions } from '@atrous/core';
import { readCheckpoint, type Checkpoint, type StoredTensor } from '@atrous/weights';

/** A checkpoint and what to call it. */
export interface NamedCheckpoint {
  readonly name: string;
  readonly checkpoint: Checkpoint;
}

const readable = /\.(npy|npz|safetensors|tflite)$/i;

/**
 * Reads a checkpoint from one file, or from many that hold parts of it: a folder of `.npy` files, shards.
 *
 * @throws WeightsError when a file is broken or nothing known.
 * @throws UnsupportedError when a file is of a known format that is not read.
 */
export async function readCheckpointFiles(
  files: readonly File[],
  { signal, onProgress }: LongRunningOptions,
): Promise<NamedCheckpoint> {
  const known = files.filter(({ name }) => readable.test(name));
  // With none of them, reading what there is says what it seems to be.
  const parts = known.length > 0 ? known : files;
  const tensors = new Map<string, StoredTensor>();
  const formats = new Set<string>();
  for (const [completed, file] of parts.entries()) {
    signal?.throwIfAborted();
    onProgress?.({ phase: 'read', completed, total: parts.length, item: file.name });
    const part = readCheckpoint(new Uint8Array(await file.arrayBuffer()), file.name);
    formats.add(part.format);
    for (const [name, tensor] of part.tensors) tensors.set(name, tensor);
  }
  const [first] = parts;
  return {
    name: parts.length === 1 && first ? first.name : `${parts.length} files`,
    checkpoint: { format: [...formats].join(', '), tensors, metadata: {} },
  };
}
