import { aloneWith, createArena, startCrew, type Arena } from '@atrous/platform/threads';
import type { Address, Assembly } from './assembly.ts';
import type { Crew } from './crew.ts';

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
  const name = 'the lattice';
  const arena = createArena(threads > 1, {
    name,
    hint: 'use a smaller image or fewer labels, or dispose fields that are no longer needed',
  });
  const instance = await WebAssembly.instantiate(module, { env: { memory: arena.memory } });
  const assembly = instance.exports as unknown as Assembly;
  const owner = { name, hint: 'prepare another field, or use `lattice({ threads: 1 })`' };
  const crew = threads > 1 ? await startCrew<Assembly>({ parts: threads, module, arena, owner }) : aloneWith(assembly);
  return { arena, assembly, crew, base: arena.mark() };
}
