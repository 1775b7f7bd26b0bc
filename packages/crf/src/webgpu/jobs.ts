import { BackendError, createQueue } from '@atrous/core';

/** Jobs one after the other, until there are to be no more. */
export interface Jobs {
  readonly isDisposed: boolean;
  /** @throws BackendError `DISPOSED`. */
  readonly run: <T>(job: () => Promise<T>, signal?: AbortSignal) => Promise<T>;
  /** Refuses jobs that have not begun. */
  readonly dispose: () => void;
}

/** @param free is called once, when everything is disposed and no job runs any more. */
export function createJobs(free: () => void): Jobs {
  const queue = createQueue();
  let [isBusy, isDisposed] = [false, false];
  return {
    get isDisposed() {
      return isDisposed;
    },
    run: (job, signal) =>
      queue.run(async () => {
        if (isDisposed)
          throw new BackendError('the field was disposed', { code: 'DISPOSED', hint: 'prepare another one' });
        isBusy = true;
        try {
          return await job();
        } finally {
          isBusy = false;
          if (isDisposed) free();
        }
      }, signal),
    dispose() {
      if (!isDisposed && !isBusy) free();
      isDisposed = true;
    },
  };
}
