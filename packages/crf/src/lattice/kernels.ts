import type { Arena } from './arena.ts';
import type { Assembly } from './assembly.ts';

/** Kernels, and the memory that they work in. */
export interface Kernels {
  readonly arena: Arena;
  readonly assembly: Assembly;
}

/** Kernels with a memory of their own. */
export async function instantiate(module: WebAssembly.Module, arena: Arena): Promise<Kernels> {
  const instance = await WebAssembly.instantiate(module, { env: { memory: arena.memory } });
  return { arena, assembly: instance.exports as unknown as Assembly };
}
