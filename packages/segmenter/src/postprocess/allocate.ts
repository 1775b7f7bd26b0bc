import { DataError } from '@atrous/core';

/** Makes arrays for the pixels of an image. @throws DataError `TOO_LARGE` when there is no memory for them. */
export function allocateFor<T>(pixels: number, classes: number, hint: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw new DataError(`there is no memory for the results: ${pixels} pixels of ${classes} classes`, {
      code: 'TOO_LARGE',
      hint,
      cause,
    });
  }
}
