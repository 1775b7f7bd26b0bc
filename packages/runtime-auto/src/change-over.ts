import { BackendError, type Executable, type Runtime } from '@atrous/core';
import type { AutoEvent } from './choice.ts';
import type { Entrant, Task } from './race.ts';

interface Orders {
  readonly task: Task;
  readonly onEvent: ((event: AutoEvent) => void) | undefined;
}

const isLoss = (error: unknown): error is BackendError => error instanceof BackendError && error.code === 'DEVICE_LOST';

/** An executable that moves to the next of `substitutes` when its device goes away. Runs that fail for it are done again there. */
export function changeOver(
  first: Entrant,
  substitutes: readonly Runtime[],
  { task: { graph, weights, options }, onEvent }: Orders,
): Executable & { readonly runtime: string } {
  const left = [...substitutes];
  const { ops, exact } = options;
  let name = first.runtime;
  let held: Promise<Entrant> = Promise.resolve(first);
  let running: Executable | undefined = first.executable;
  let isDisposed = false;

  /** Compiles on those that are left, in turn, until one works. */
  async function next(lost: Entrant, error: BackendError): Promise<Entrant> {
    lost.executable.dispose();
    running = undefined;
    for (let runtime = left.shift(); runtime !== undefined; runtime = left.shift()) {
      try {
        const executable = await runtime.compile(graph, weights, { ops, exact });
        if (isDisposed) {
          executable.dispose();
          throw error;
        }
        running = executable;
        name = runtime.name;
        onEvent?.({ type: 'fallback', from: lost.runtime, to: runtime.name, error });
        return { runtime: runtime.name, executable };
      } catch (problem) {
        if (isDisposed || !(problem instanceof BackendError)) throw problem;
      }
    }
    throw error;
  }

  const dispose = (): void => {
    isDisposed = true;
    running?.dispose();
    running = undefined;
  };
  return {
    get runtime() {
      return name;
    },
    async run(inputs, runOptions) {
      for (;;) {
        if (isDisposed)
          throw new BackendError('this executable was disposed', { code: 'DISPOSED', hint: 'compile the graph again' });
        const attempt = held;
        const entrant = await attempt;
        try {
          return await entrant.executable.run(inputs, runOptions);
        } catch (error) {
          // another run may have found out first, and had the lost one disposed
          const isReplaced = held !== attempt && !isDisposed;
          if (isReplaced && error instanceof BackendError) continue;
          if (!isLoss(error) || isDisposed) throw error;
          held = next(entrant, error);
          held.catch(() => {});
        }
      }
    },
    memory: () => running?.memory() ?? { tensors: 0, bytes: 0 },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
