import { AtrousError, BackendError } from '@atrous/core';

const OUT_OF_MEMORY =
  /out of memory|outofmemory|OOM|memory access out of bounds|cannot enlarge memory|allocation failed|unable to allocate|exceeds the max buffer size/i;
const DEVICE_LOST = /context.{0,20}lost|lost.{0,20}context|device.{0,20}lost/i;

/** Anything that tfjs threw as a `BackendError`; an error of Atrous as it is. */
export function toBackendError(error: unknown, backend: string, where: string): AtrousError {
  if (error instanceof AtrousError) return error;
  const text =
    error instanceof Error ? error.message : String((error as { message?: unknown } | null)?.message ?? error);
  if (OUT_OF_MEMORY.test(text) || error instanceof RangeError) return outOfMemory(backend, where, text, error);
  if (DEVICE_LOST.test(text)) return deviceLost(backend, text, error);
  return new BackendError(`"${backend}" failed at ${where}: ${text}`, {
    hint: 'another backend may be able to do it',
    cause: error,
  });
}

/** A tensor that does not fit. */
export const outOfMemory = (backend: string, where: string, what: string, cause?: unknown): BackendError =>
  new BackendError(`"${backend}" ran out of memory at ${where}: ${what}`, {
    code: 'OUT_OF_MEMORY',
    hint: 'use smaller images or a larger output stride, and dispose executables that are no longer needed',
    cause,
  });

/** The device went away: its weights with it. */
export const deviceLost = (backend: string, reason: string, cause?: unknown): BackendError =>
  new BackendError(`"${backend}" lost its device: ${reason}`, {
    code: 'DEVICE_LOST',
    hint: 'compile the network again',
    cause,
  });
