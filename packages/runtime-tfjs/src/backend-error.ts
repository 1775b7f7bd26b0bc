import { AtrousError, BackendError } from '@atrous/core';

const OUT_OF_MEMORY =
  /out of memory|outofmemory|OOM|memory access out of bounds|cannot enlarge memory|allocation failed|unable to allocate/i;
const DEVICE_LOST = /context.{0,20}lost|lost.{0,20}context|device.{0,20}lost/i;

/** An error of Atrous, or its caller's reason to abort, as it is; anything that tfjs threw as a `BackendError`. */
export function toBackendError(error: unknown, backend: string, where: string, signal?: AbortSignal): unknown {
  if (error instanceof AtrousError || (signal?.aborted && error === signal.reason)) return error;
  const text =
    error instanceof Error ? error.message : String((error as { message?: unknown } | null)?.message ?? error);
  if (OUT_OF_MEMORY.test(text) || error instanceof RangeError)
    return new BackendError(`"${backend}" ran out of memory at ${where}: ${text}`, {
      code: 'OUT_OF_MEMORY',
      hint: 'use smaller images or a larger output stride, and dispose executables that are no longer needed',
      cause: error,
    });
  if (DEVICE_LOST.test(text)) return deviceLost(backend, text, error);
  return new BackendError(`"${backend}" failed at ${where}: ${text}`, {
    hint: 'another backend may be able to do it',
    cause: error,
  });
}

/** The device went away: its weights with it. */
export const deviceLost = (backend: string, reason: string, cause?: unknown): BackendError =>
  new BackendError(`"${backend}" lost its device: ${reason}`, {
    code: 'DEVICE_LOST',
    hint: 'compile the network again',
    cause,
  });
