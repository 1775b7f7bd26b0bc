import { DataError } from '@atrous/core';
import { Worker } from 'node:worker_threads';
import type { Batch } from '../../batches/create-batches.ts';
import type { BatchRecipe } from './batch-recipe.ts';
import { fromMessage, type BatchReply, type BatchRequest } from './messages.ts';

/** Threads that make batches. */
export interface BatchPool {
  /** Rejects with the worker's error, with the signal's reason, or `WORKER_FAILED` when the thread ended. */
  batch(step: number, signal?: AbortSignal): Promise<Batch>;
  /** Ends the threads; whoever waits is rejected. */
  dispose(): Promise<void>;
}

interface Task {
  readonly step: number;
  readonly resolve: (batch: Batch) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  task: Task | undefined;
}

const failed = (why: string, cause?: unknown): DataError =>
  new DataError(`a worker that prepares batches failed: ${why}`, {
    code: 'WORKER_FAILED',
    hint: 'set workers to 0 to prepare them in the main thread, which tells more',
    cause,
  });

/** One task a thread; a thread that waits for tasks does not keep the process alive. */
function startThread(script: URL, recipe: BatchRecipe, onFree: () => void, onEnd: (thread: Thread) => void): Thread {
  const worker = new Worker(script, { workerData: recipe });
  const thread: Thread = { worker, task: undefined };
  const finish = (settle: (task: Task) => void): void => {
    const { task } = thread;
    thread.task = undefined;
    worker.unref();
    if (task !== undefined) settle(task);
  };
  worker.on('message', (reply: BatchReply) => {
    finish(({ resolve, reject }) => ('batch' in reply ? resolve(reply.batch) : reject(fromMessage(reply.error))));
    onFree();
  });
  worker.on('error', (error) => finish(({ reject }) => reject(failed(error.message, error))));
  worker.on('exit', (code) => {
    onEnd(thread);
    finish(({ reject }) => reject(failed(`it ended with code ${code}`)));
    onFree();
  });
  return thread;
}

/** Starts threads as they are needed, up to `size`. */
export function createBatchPool(script: URL, recipe: BatchRecipe, size: number): BatchPool {
  const threads = new Set<Thread>();
  const waiting: Task[] = [];
  const idle = (): Thread | undefined => {
    const free = [...threads].find(({ task }) => task === undefined);
    if (free !== undefined || threads.size >= size) return free;
    const started = startThread(script, recipe, next, (thread) => threads.delete(thread));
    threads.add(started);
    return started;
  };
  function next(): void {
    const [task] = waiting;
    const thread = task && idle();
    if (task === undefined || thread === undefined) return;
    waiting.shift();
    thread.task = task;
    thread.worker.ref();
    const request: BatchRequest = { step: task.step };
    thread.worker.postMessage(request);
  }
  return {
    batch: (step, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const task: Task = { step, resolve, reject };
        const abort = (): void => {
          const place = waiting.indexOf(task);
          if (place >= 0) waiting.splice(place, 1);
          reject(signal?.reason as Error);
        };
        signal?.addEventListener('abort', abort, { once: true });
        waiting.push(task);
        next();
      }),
    async dispose() {
      for (const { reject } of waiting.splice(0)) reject(failed('the batches have been disposed of'));
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}
