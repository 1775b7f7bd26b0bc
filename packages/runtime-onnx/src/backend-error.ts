import { AtrousError, BackendError } from '@atrous/core';

const OUT_OF_MEMORY = /out of memory|bad_alloc|bad allocation|failed to allocate|memory access out of bounds/i;

/** Where in onnxruntime's sources an assertion failed, in front of what is wrong. */
const PLACE = /^\S+\.cc:\d+ .*? was false\. /s;

/** Anything that onnxruntime threw as a `BackendError`; an error of Atrous as it is. */
export function toBackendError(error: unknown, backend: string, where: string): AtrousError {
  if (error instanceof AtrousError) return error;
  const text = (error instanceof Error ? error.message : String(error)).replace(PLACE, '').trim();
  if (OUT_OF_MEMORY.test(text) || error instanceof RangeError)
    return new BackendError(`"${backend}" ran out of memory at ${where}: ${text}`, {
      code: 'OUT_OF_MEMORY',
      hint: 'use smaller images or a larger output stride, and dispose executables that are no longer needed',
      cause: error,
    });
  return new BackendError(`"${backend}" failed at ${where}: ${text}`, {
    hint: 'another backend may be able to do it',
    cause: error,
  });
}
