import { AtrousError, type AtrousErrorOptions } from '@atrous/core';

/** A run that cannot go on: it diverged, learns nothing, or does not fit the checkpoint it should go on from. */
export class TrainingError extends AtrousError {
  constructor(message: string, options: AtrousErrorOptions) {
    super(message, options);
  }
}
