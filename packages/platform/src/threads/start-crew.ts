import { BackendError } from '@atrous/core';
import type { Arena } from './arena.ts';
import type { Crew, KernelTable } from './crew.ts';
import type { Owner } from './owner.ts';
import { startWorker, type Teammate } from './start-worker.ts';
import type { WorkerJob, WorkerStart } from './worker-main.ts';

/** What {@link startCrew} starts workers with. */
export interface CrewOptions {
  /** How many, 2 or more. */
  readonly parts: number;
  /** The kernels; they import `env.memory`, which is shared. */
  readonly module: WebAssembly.Module;
  /** Of a shared memory. */
  readonly arena: Arena;
  /** Whom they work for, with a hint for when one fails. */
  readonly owner: Owner;
}

/**
 * Starts several workers in one shared memory. The thread that asks them only waits.
 *
 * In pages they need a content security policy that allows `worker-src blob:`. When one fails all are ended: the others may wait for it.
 *
 * @throws BackendError `DEVICE_LOST` when they cannot be started.
 */
export async function startCrew<Kernels extends KernelTable<Kernels>>(options: CrewOptions): Promise<Crew<Kernels>> {
  const { parts, module, arena, owner } = options;
  const barrier = arena.allocate(8);
  arena.ints(barrier, 2).fill(0);
  const team: Teammate[] = [];
  let hasEnded = false;
  const dispose = (): void => {
    hasEnded = true;
    team.forEach((worker) => worker.dispose());
  };
  const askAll = async (message: (part: number) => WorkerStart | WorkerJob): Promise<void> => {
    try {
      while (team.length < parts) team.push(startWorker());
      await Promise.all(team.map((worker, part) => worker.ask(message(part))));
    } catch (cause) {
      dispose();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new BackendError(`a thread of ${owner.name} failed: ${reason}`, {
        ...{ code: 'DEVICE_LOST', hint: owner.hint, cause },
      });
    }
  };
  await askAll(() => ({ module, memory: arena.memory, parts, barrier }));
  return {
    parts,
    hasEnded: () => hasEnded,
    run: (phases) => askAll((part) => phases.map((phase) => (phase[part] ?? []) as WorkerJob[number])),
    dispose,
  };
}
