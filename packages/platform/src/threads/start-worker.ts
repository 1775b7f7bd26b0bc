import type * as WorkerThreads from 'node:worker_threads';
import { workerMain, type WorkerJob, type WorkerStart } from './worker-main.ts';

/** A worker that answers each message with one: nothing, or what went wrong. */
export interface Teammate {
  /** Rejected with the reason when the message could not be done, or the worker has ended. */
  ask(message: WorkerStart | WorkerJob): Promise<void>;
  dispose(): void;
}

const ENDED = 'it has ended';

/** Settles the promise of the message that was sent last. A worker that has ended answers none any more. */
function createReplies() {
  let settle: ((reason: string | undefined) => void) | undefined;
  let end: string | undefined;
  return {
    next: (send: () => void): Promise<void> =>
      new Promise((resolve, reject) => {
        if (end !== undefined) return reject(new Error(end));
        settle = (reason) => (reason === undefined ? resolve() : reject(new Error(reason)));
        send();
      }),
    settle: (reason?: string): void => settle?.(reason),
    end: (reason: string): void => {
      end ??= reason;
      settle?.(end);
    },
  };
}

/** A worker of Node, which does not keep the process alive. */
function startInNode({ Worker }: typeof WorkerThreads): Teammate {
  const worker = new Worker(`(${workerMain.toString()})(require('node:worker_threads').parentPort)`, { eval: true });
  const replies = createReplies();
  worker.on('message', (reason: string | undefined) => {
    worker.unref();
    replies.settle(reason);
  });
  worker.on('error', (error) => replies.end(String(error)));
  worker.on('exit', () => replies.end(ENDED));
  worker.unref();
  return {
    ask: (message) =>
      replies.next(() => {
        worker.ref();
        worker.postMessage(message);
      }),
    dispose: () => {
      replies.end(ENDED);
      void worker.terminate();
    },
  };
}

/** A worker of a page whose content security policy allows `worker-src blob:`. */
function startInPage(): Teammate {
  const source = new Blob([`(${workerMain.toString()})(self)`], { type: 'text/javascript' });
  const address = URL.createObjectURL(source);
  const worker = new Worker(address);
  const replies = createReplies();
  // browsers do not tell when a worker has ended, but free the lock that it holds from before its first answer on
  const watch = (): void => {
    URL.revokeObjectURL(address);
    globalThis.navigator.locks?.request(address, () => replies.end(ENDED)).catch(() => {});
  };
  worker.addEventListener('message', watch, { once: true });
  worker.addEventListener('message', ({ data }: MessageEvent<string | undefined>) => replies.settle(data));
  // an error without a message: it was not started at all
  worker.addEventListener('error', ({ message }) => replies.end(message ?? 'this page may not start it'));
  return {
    ask: (message) => replies.next(() => worker.postMessage(message)),
    dispose: () => {
      replies.end(ENDED);
      worker.terminate();
    },
  };
}

/** A worker thread, of Node or of a page. */
export function startWorker(): Teammate {
  const node = globalThis.process?.getBuiltinModule?.('node:worker_threads');
  return node ? startInNode(node) : startInPage();
}
