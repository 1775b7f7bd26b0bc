import { createArena, type Arena } from './arena.ts';
import type { Address, Assembly } from './assembly.ts';
import { aloneWith, type Crew } from './crew.ts';
import { startCrew } from './worker-crew.ts';

/** Kernels, the memory that they work in, and who runs them. */
export interface Kernels {
  readonly arena: Arena;
  /** Called by the thread that asks. */
  readonly assembly: Assembly;
  readonly crew: Crew;
  /** Where memory is free. */
  readonly base: Address;
}

/** Kernels with a memory of their own. @param threads more than 1 for a module whose memory is shared. */
export async function instantiate(module: WebAssembly.Module, threads: number): Promise<Kernels> {
  const arena = createArena(threads > 1);
  const instance = await WebAssembly.instantiate(module, { env: { memory: arena.memory } });
  const assembly = instance.exports as unknown as Assembly;
  const crew = threads > 1 ? await startCrew(threads, module, arena) : aloneWith(assembly);
  return { arena, assembly, crew, base: arena.mark() };
}
