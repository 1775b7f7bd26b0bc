/** What a person or a script needs to know about a failure. */
export interface ErrorDescription {
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Reads message, code and hint of anything thrown. Errors are told apart by their fields: plugins may bring a second copy of core. */
export function describeError(error: unknown): ErrorDescription {
  const { message, code, hint } = (error ?? {}) as { message?: unknown; code?: unknown; hint?: unknown };
  const codeText = textOf(code);
  const hintText = textOf(hint);
  return {
    message: textOf(message) ?? String(error),
    ...(codeText !== undefined && { code: codeText }),
    ...(hintText !== undefined && { hint: hintText }),
  };
}

const USAGE_CODES = new Set(['USAGE', 'UNKNOWN_PLUGIN', 'OPTION', 'OUTPUT_STRIDE', 'TRAIN_CONFIG']);

/** 2 when the command line was wrong, 1 when the work failed. */
export const exitCodeOf = (error: unknown): number => (USAGE_CODES.has(describeError(error).code ?? '') ? 2 : 1);
