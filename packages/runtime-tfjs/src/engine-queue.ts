import { BackendError } from '@atrous/core';
import { engine, getBackend, setBackend } from '@tensorflow/tfjs-core';

/** tfjs keeps one engine per process however often this package is loaded, so the queue of its users is kept with it. */
const QUEUE = Symbol.for('@atrous/runtime-tfjs/queue');

const holder = (): { [QUEUE]?: Promise<unknown> } => engine() as { [QUEUE]?: Promise<unknown> };

/**
 * Runs `work` while nobody else of this package uses the tfjs engine, which has one current backend for all.
 *
 * Calls run one after the other, in the order they came.
 */
export function withEngine<T>(work: () => Promise<T>): Promise<T> {
  const before = holder()[QUEUE] ?? Promise.resolve();
  const result = before.then(work);
  holder()[QUEUE] = result.catch(() => undefined);
  return result;
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
