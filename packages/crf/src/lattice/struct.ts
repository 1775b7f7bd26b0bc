import type { Arena } from '@atrous/platform/threads';
import type { Address } from './assembly.ts';

/** What kernels read and write by reference: an instance of a class of `assembly/`, whose fields take 4 bytes each. */
export interface Struct<Field extends string> {
  readonly at: Address;
  set(values: Partial<Record<Field, number>>): void;
  int(field: Field): number;
  float(field: Field): number;
}

/** An instance whose fields are 0. @param fields as the class declares them. */
export function createStruct<Field extends string>(arena: Arena, fields: readonly Field[]): Struct<Field> {
  const at = arena.allocate(4 * fields.length);
  arena.ints(at, fields.length).fill(0);
  const placeOf = (field: Field): Address => at + 4 * fields.indexOf(field);
  return {
    at,
    set(values) {
      const ints = arena.ints(at, fields.length);
      for (const [i, field] of fields.entries()) ints[i] = values[field] ?? ints[i]!;
    },
    int: (field) => arena.ints(placeOf(field), 1)[0]!,
    float: (field) => arena.floats(placeOf(field), 1)[0]!,
  };
}
