/** Works for values that may come faster than it takes, as those of a slider do. */
export interface NewestValue<T> {
  put(value: T): void;
  /** Ends what is under way and forgets what waits. */
  abort(): void;
}

/**
 * Finishes what it began, so that something is seen while a slider moves, and goes on with the newest value; those in between are left out.
 *
 * @param onBusy hears when work starts and when all of it has ended.
 * @param onError gets what the work rejected with, unless it was aborted, and nothing when work begins.
 */
export function createNewestValue<T>(
  work: (value: T, signal: AbortSignal) => Promise<void>,
  onBusy: (busy: boolean) => void,
  onError: (error?: unknown) => void,
): NewestValue<T> {
  let waiting: { readonly value: T } | undefined;
  let controller = new AbortController();
  let isBusy = false;

  const workOff = async () => {
    onBusy((isBusy = true));
    for (let next = waiting; next; next = waiting) {
      waiting = undefined;
      const { signal } = (controller = new AbortController());
      onError();
      try {
        await work(next.value, signal);
      } catch (error) {
        if (!signal.aborted) onError(error);
      }
    }
    onBusy((isBusy = false));
  };

  return {
    put: (value) => {
      waiting = { value };
      if (!isBusy) void workOff();
    },
    abort: () => {
      waiting = undefined;
      controller.abort();
    },
  };
}
