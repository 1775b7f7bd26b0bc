import type { LongRunningOptions } from './progress.ts';

/** Longest stretch of work without letting events through, well under the 50 ms that browsers call a long task. */
const SLICE_MS = 20;

/** Reports a step of a loop. Returns a promise to await when it is time to let events through. */
export type Pace = (completed: number, total: number) => Promise<void> | undefined;

/** The next turn of the event loop. Timers would be clamped: to 4 ms, and to a second in hidden tabs. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

/** Keeps a loop abortable and the thread responsive: every few milliseconds it reports progress and yields. */
export function createPace(phase: string, { signal, onProgress }: LongRunningOptions): Pace {
  let due = performance.now() + SLICE_MS;
  const pause = async (completed: number, total: number): Promise<void> => {
    if (completed < total) onProgress?.({ phase, completed, total });
    await nextTurn();
    signal?.throwIfAborted();
    due = performance.now() + SLICE_MS;
  };
  return (completed, total) => (performance.now() < due ? undefined : pause(completed, total));
}
