import { readFile } from 'node:fs/promises';
import { DataError } from '@atrous/core';
import { systemCode } from '../errors.ts';

/**
 * The content of a JSON file. What it means is for the caller to check.
 *
 * @throws DataError when it cannot be read, or is not JSON.
 */
export async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new DataError(`${path} cannot be read: ${systemCode(cause) ?? 'unknown reason'}`, {
      code: 'JSON_FILE',
      hint: 'check the path',
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new DataError(`${path} is not JSON: ${cause instanceof Error ? cause.message : ''}`, {
      code: 'JSON_FILE',
      hint: 'check its text where the message says',
      cause,
    });
  }
}
