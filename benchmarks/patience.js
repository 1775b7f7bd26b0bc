// @ts-check

/** Seconds for one answer. The slowest of networks here take half a minute until their first run is over; GPUs in software take minutes. */
const PATIENCE = { usual: 120, software: 900 };

/** @param {{ readonly software: boolean }} job whether its GPU may be none */
export const patienceWith = ({ software }) => (software ? PATIENCE.software : PATIENCE.usual);

/**
 * An answer, as long as somebody waits for it.
 *
 * @template T
 * @param {Promise<T>} answer
 * @param {number} seconds
 * @param {AbortSignal | undefined} signal
 * @returns {Promise<T>}
 * @throws Error where there is none in time, and the signal's reason once it is aborted
 */
export function inTime(answer, seconds, signal) {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal?.reason);
    const timer = setTimeout(() => reject(new Error(`it gave no answer within ${seconds} s`)), 1000 * seconds);
    signal?.addEventListener('abort', giveUp);
    if (signal?.aborted) giveUp();
    answer.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
    });
  });
}
