import { AtrousError, DataError } from '@atrous/core';
import { decodeMask, type DecodeMaskOptions } from '../mask/decode-mask.ts';
import type { LabelMask } from '../mask/label-mask.ts';
import { readBytes } from './read-bytes.ts';

/** Options of {@link openMask}. */
export interface OpenMaskOptions extends DecodeMaskOptions {
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads class ids from a PNG file, as `decodeMask` does.
 *
 * @throws DataError as `decodeMask`, naming the file; `IMAGE_FILE` when it cannot be read; the signal's reason when aborted.
 */
export async function openMask(path: string, options: OpenMaskOptions = {}): Promise<LabelMask> {
  const bytes = await readBytes(path, options.signal);
  try {
    return decodeMask(bytes, options);
  } catch (cause) {
    if (!(cause instanceof AtrousError)) throw cause;
    throw new DataError(`${path}: ${cause.message}`, { code: cause.code, hint: cause.hint, cause });
  }
}
