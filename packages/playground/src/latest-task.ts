/** Runs tasks one at a time; a new one aborts the one before and starts when that has ended. */
export interface LatestTask {
  run(task: (signal: AbortSignal) => Promise<void>): void;
  readonly abort: () => void;
}

/**
 * @param onBusy hears when work starts and when all of it has ended.
 * @param onError gets what a task rejected with, unless it was aborted.
 */
export function createLatestTask(onBusy: (busy: boolean) => void, onError: (error?: unknown) => void): LatestTask {
  let controller = new AbortController();
  let last = Promise.resolve();

  const attempt = async (task: (signal: AbortSignal) => Promise<void>, { signal }: AbortController) => {
    if (signal.aborted) return;
    onError(undefined);
    try {
      await task(signal);
    } catch (error) {
      if (!signal.aborted) onError(error);
    }
  };

  return {
    run: (task) => {
      controller.abort();
      const own = (controller = new AbortController());
      onBusy(true);
      last = last.then(() => attempt(task, own)).finally(() => controller === own && onBusy(false));
    },
    abort: () => controller.abort(),
  };
}
