import { BackendError } from '@atrous/core';
import { engine, getBackend, setBackend } from '@tensorflow/tfjs-core';

/** tfjs keeps one engine per process however often this package is loaded, so the queue of its users is kept with it. */
const QUEUE = Symbol.for('@atrous/runtime-tfjs/queue');

const holder = (): { [QUEUE]?: Promise<unknown> } => engine() as { [QUEUE]?: Promise<unknown> };

/**
 * Runs `work` while nobody else of this package uses the tfjs engine, which has one current backend for all.
 *
 * Calls run one after the other, in the order they came. Aborting rejects a call that still waits at once; `work` sees to it afterwards.
 */
export function withEngine<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const before = holder()[QUEUE] ?? Promise.resolve();
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(signal?.reason as Error);
    signal?.addEventListener('abort', leave);
    holder()[QUEUE] = before
      .then(() => {
        signal?.removeEventListener('abort', leave);
        signal?.throwIfAborted();
        return work();
      })
      .then(resolve, reject);
  });
}

/** Makes a backend current, which the application may have changed since. Only inside {@link withEngine}. */
export async function chooseBackend(name: string): Promise<void> {
  if (getBackend() === name) return;
  if (!(await setBackend(name)))
    throw new BackendError(`tfjs could not start its backend "${name}"`, {
      code: 'BACKEND_START',
      hint: 'the console says why',
    });
}
