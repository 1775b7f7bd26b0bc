import { AtrousError } from '@atrous/core';

/** The person typed something the command cannot mean. Exit code 2. */
export class UsageError extends AtrousError {
  constructor(message: string, hint?: string) {
    super(message, { code: 'USAGE', hint });
  }
}

/** A result that cannot be written. Exit code 1. */
export class OutputError extends AtrousError {
  constructor(message: string, options: { readonly hint?: string; readonly cause?: unknown } = {}) {
    super(message, { code: 'OUTPUT', ...options });
  }
}

/** Part of the work failed and has been reported already; the rest is done. Exit code 1. */
export class ReportedFailure extends AtrousError {
  constructor(message: string) {
    super(message, { code: 'PARTIAL' });
  }
}

/** `"webgpux" … known: wasm, webgpu`: what every unknown name on the command line becomes. */
export const unknownName = (what: string, name: string, known: Iterable<string>): UsageError =>
  new UsageError(`${what} "${name}" is not known`, `known: ${[...known].join(', ')}`);

/** The system's reason, for example `ENOENT`, when there is one. */
export const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
