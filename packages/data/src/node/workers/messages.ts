import { AtrousError, BackendError, DataError, ShapeError, UnsupportedError } from '@atrous/core';
import type { Batch } from '../../batches/create-batches.ts';

/** What a worker is asked for: the batch of a step. */
export interface BatchRequest {
  readonly step: number;
}

/** An error as other threads can read it: copying one loses its class, code and hint. */
export interface ErrorMessage {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly hint: string | undefined;
}

/** What a worker answers. */
export type BatchReply = { readonly batch: Batch } | { readonly error: ErrorMessage };

/** An error to be posted. */
export function toMessage(error: unknown): ErrorMessage {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const { code, hint } = error instanceof AtrousError ? error : { code: undefined, hint: undefined };
  return { name, message, stack, code, hint };
}

const classes = { DataError, ShapeError, UnsupportedError, BackendError };

/** The error that was posted, of its own class. */
export function fromMessage({ name, message, stack, code, hint }: ErrorMessage): Error {
  const Class = classes[name as keyof typeof classes] ?? AtrousError;
  const error = code === undefined ? new Error(message) : new Class(message, { code, hint });
  if (stack !== undefined) error.stack = stack;
  return error;
}
