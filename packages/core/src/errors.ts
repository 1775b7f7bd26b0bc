/** What every error of Atrous carries besides its message. */
export interface AtrousErrorOptions {
  /** Stable identifier to branch on, for example `SHAPE_MISMATCH`. Compare codes, not classes: two copies of a package still agree on codes. */
  readonly code: string;
  /** The next step for the person who reads the message. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/**
 * Base class of every error thrown on purpose.
 *
 * The message names the thing, what was got and what was expected; `hint` says what to do next.
 */
export class AtrousError extends Error {
  readonly code: string;
  readonly hint: string | undefined;

  constructor(message: string, options: AtrousErrorOptions) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code;
    this.hint = options.hint;
  }
}

/** Shapes, strides or rates that do not fit together, or options outside their range. Thrown while a graph is built. */
export class ShapeError extends AtrousError {
  constructor(message: string, options: Partial<AtrousErrorOptions> = {}) {
    super(message, { code: 'SHAPE', ...options });
  }
}

/** A name that no plugin of the registry has. */
export class UnknownPluginError extends AtrousError {
  constructor(message: string, options: Partial<AtrousErrorOptions> = {}) {
    super(message, { code: 'UNKNOWN_PLUGIN', ...options });
  }
}

/** An op, dtype or option that the runtime or reader at hand does not support. */
export class UnsupportedError extends AtrousError {
  constructor(message: string, options: Partial<AtrousErrorOptions> = {}) {
    super(message, { code: 'UNSUPPORTED', ...options });
  }
}

/** Weights that are broken, missing, unexpected or of the wrong shape, and checkpoint files that cannot be read. */
export class WeightsError extends AtrousError {
  constructor(message: string, options: Partial<AtrousErrorOptions> = {}) {
    super(message, { code: 'WEIGHTS', ...options });
  }
}

/** Images, masks or data sets that cannot be read or do not make sense. */
export class DataError extends AtrousError {
  constructor(message: string, options: Partial<AtrousErrorOptions> = {}) {
    super(message, { code: 'DATA', ...options });
  }
}

/** A backend that does not work here, computes wrongly, ran out of memory or lost its device. */
export class BackendError extends AtrousError {
  constructor(message: string, options: Partial<AtrousErrorOptions> = {}) {
    super(message, { code: 'BACKEND', ...options });
  }
}
