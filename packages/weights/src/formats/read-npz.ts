import { UnsupportedError, WeightsError } from '@atrous/core';
import type { Checkpoint, StoredTensor } from '../stored-tensor.ts';
import { readNpy } from './read-npy.ts';
import { readZip, type ZipEntry } from './zip.ts';

function checkContent(entries: readonly ZipEntry[]): void {
  const names = entries.map(({ name }) => name);
  if (names.some((name) => name === 'data.pkl' || name.endsWith('/data.pkl')))
    throw new UnsupportedError('this zip archive is a PyTorch checkpoint, which is not readable yet', {
      code: 'FORMAT_UNSUPPORTED',
      hint: 'use safetensors: `safetensors.torch.save_file(state_dict, "model.safetensors")` in Python',
    });
  const stranger = names.find((name) => !name.endsWith('.npy'));
  if (stranger !== undefined || names.length === 0)
    throw new WeightsError(
      `the zip archive is no .npz: it holds ${stranger === undefined ? 'nothing' : `"${stranger}", which is no .npy array`}`,
      { code: 'NPZ_FORMAT', hint: 'save arrays with numpy.savez' },
    );
}

/**
 * Reads a NumPy `.npz` archive, compressed or not; tensors are called as in Python, without `.npy`.
 *
 * @param bytes the whole file.
 * @throws WeightsError when the archive or one of its arrays is broken or does not hold plain numbers.
 * @throws UnsupportedError when it is a PyTorch checkpoint, which is a zip archive too.
 */
export function readNpz(bytes: Uint8Array): Checkpoint {
  const entries = readZip(bytes);
  checkContent(entries);
  const tensors = new Map<string, StoredTensor>();
  for (const entry of entries) {
    const key = entry.name.slice(0, -'.npy'.length);
    try {
      tensors.set(key, readNpy(entry.read()));
    } catch (cause) {
      if (!(cause instanceof WeightsError)) throw cause;
      const { code, hint, message } = cause;
      throw new WeightsError(`"${key}": ${message}`, { code, hint, cause });
    }
  }
  return { format: 'npz', tensors, metadata: {} };
}
