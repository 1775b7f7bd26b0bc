import { AtrousError, type LongRunningOptions } from '@atrous/core';
import type { Abort, Calls, Reply, TrainingReport } from './protocol.ts';

/** How a call is watched. */
export interface AskOptions extends LongRunningOptions {
  /** Hears of each step of training. */
  readonly onReport?: ((report: TrainingReport) => void) | undefined;
  /** Parts of the question that become the worker's own. */
  readonly transfer?: readonly Transferable[] | undefined;
}

/** The page's end of the worker. */
export interface Engine {
  /**
   * Asks the worker.
   *
   * @throws AtrousError with the code and hint of what went wrong there, or the signal's reason.
   */
  ask<K extends keyof Calls>(call: K, ask: Calls[K]['ask'], options?: AskOptions): Promise<Calls[K]['answer']>;
}

interface Pending {
  readonly onProgress: AskOptions['onProgress'];
  readonly onReport: AskOptions['onReport'];
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

/** Starts the worker. */
export function createEngine(): Engine {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { type: 'module' });
  const pending = new Map<number, Pending>();
  let lastId = 0;

  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    const call = pending.get(data.id);
    if (!call) return;
    if ('progress' in data) return call.onProgress?.(data.progress);
    if ('report' in data) return call.onReport?.(data.report);
    pending.delete(data.id);
    if ('failure' in data) call.reject(new AtrousError(data.failure.message, data.failure));
    else call.resolve(data.answer as never);
  });
  worker.addEventListener('error', ({ message }) => {
    for (const { reject } of pending.values()) reject(new Error(message));
    pending.clear();
  });

  return {
    ask: (call, ask, options = {}) => {
      const { signal, onProgress, onReport, transfer = [] } = options;
      const id = (lastId += 1);
      const answer = new Promise<never>((resolve, reject) => {
        signal?.throwIfAborted();
        pending.set(id, { resolve, reject, onProgress, onReport });
        worker.postMessage({ ...ask, id, call }, [...transfer]);
      });
      const abort = () => {
        // A kernel cannot be interrupted: the page goes on at once, the worker when that kernel ends.
        worker.postMessage({ id, call: 'abort' } satisfies Abort);
        pending.get(id)?.reject(signal?.reason);
        pending.delete(id);
      };
      signal?.addEventListener('abort', abort);
      // One signal serves every frame of a webcam.
      return answer.finally(() => signal?.removeEventListener('abort', abort));
    },
  };
}
