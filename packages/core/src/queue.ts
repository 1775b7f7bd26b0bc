/** Runs jobs one after the other. */
export interface Queue {
  /** Rejects with the signal's reason when aborted while it waits; a job that has begun minds the signal itself. */
  run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Whether a job is running or waiting. */
  isBusy(): boolean;
  /** Resolves once every job given so far has ended. */
  idle(): Promise<void>;
}

async function unlessAborted(turn: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return turn;
  signal.throwIfAborted();
  const waiting = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: waiting.signal });
  });
  try {
    await Promise.race([turn, aborted]);
  } finally {
    waiting.abort();
  }
}

/** A queue that is empty: what it is given begins at once. */
export function createQueue(): Queue {
  let tail = Promise.resolve();
  let unfinished = 0;
  return {
    run(job, signal) {
      const turn = tail;
      const result = unlessAborted(turn, signal).then(() => {
        signal?.throwIfAborted();
        return job();
      });
      unfinished++;
      tail = Promise.allSettled([turn, result]).then(() => {
        unfinished--;
      });
      return result;
    },
    isBusy: () => unfinished > 0,
    idle: () => tail,
  };
}
