import { aloneWith, startCrew, type Address, type Arena, type Crew } from '@atrous/platform/threads';
import type { Assembly } from './assembly.ts';

/** Runs plans: on the thread that asks, or on several others. */
export interface StepRunner {
  /** Threads that share the items of each step. */
  readonly parts: number;
  /** Runs the steps that lie in memory from `first` to `end`. @throws BackendError `DEVICE_LOST` when a thread has ended. */
  run(first: Address, end: Address): Promise<void>;
  /** Ends its threads. */
  dispose(): void;
}

async function createCrew(module: WebAssembly.Module, arena: Arena, parts: number): Promise<Crew<Assembly>> {
  const owner = { name: 'the runtime', hint: 'compile the network again, or use `simd({ threads: 1 })`' };
  if (parts > 1) return startCrew({ parts, module, arena, owner });
  const instance = await WebAssembly.instantiate(module, { env: { memory: arena.memory } });
  return aloneWith(instance.exports as unknown as Assembly);
}

/** @param module its memory is shared where there are more `parts` than 1. @throws BackendError `DEVICE_LOST` when threads cannot be started. */
export async function createStepRunner(module: WebAssembly.Module, arena: Arena, parts: number): Promise<StepRunner> {
  const crew = await createCrew(module, arena, parts);
  const meeting = arena.allocate(8);
  arena.ints(meeting, 2).fill(0);
  return {
    parts,
    run: (first, end) =>
      crew.run([Array.from({ length: parts }, (_, part) => [['runSteps', first, end, part, parts, meeting]])]),
    dispose: () => crew.dispose(),
  };
}
