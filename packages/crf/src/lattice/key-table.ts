import type { Address } from './assembly.ts';
import type { Kernels } from './kernels.ts';

const FIRST_BITS = 15;
/** Up to here a table grows to four times its size, as to fill it again takes longer than to clear it. */
const LARGE_BITS = 19;
const SLOT_BYTES = 16;
const KEY_BYTES = 8;

/** An open hash table of vertices, half full at most. */
export interface KeyTable {
  readonly slots: Address;
  /** 64 less the binary logarithm of the number of slots. */
  readonly shift: number;
  /** Keys in the order of their numbers. */
  readonly keys: Address;
  /** Keys that it may hold. */
  readonly most: number;
}

/** A table with the keys of another. What that one took is given back with everything else that building takes. */
function resize({ arena, assembly }: Kernels, bits: number, old?: { keys: Address; count: number }): KeyTable {
  const most = 2 ** (bits - 1);
  const keys = arena.allocate(most * KEY_BYTES);
  const slots = arena.allocate(2 ** bits * SLOT_BYTES);
  const count = old?.count ?? 0;
  if (old) arena.longs(keys, count).set(arena.longs(old.keys, count));
  const shift = 64 - bits;
  assembly.fillTable(slots, shift, keys, count);
  return { slots, shift, keys, most };
}

export const createKeyTable = (kernels: Kernels): KeyTable => resize(kernels, FIRST_BITS);

/** A larger table. */
export const growKeyTable = (kernels: Kernels, { shift, keys }: KeyTable, count: number): KeyTable =>
  resize(kernels, 64 - shift + (64 - shift < LARGE_BITS ? 2 : 1), { keys, count });
