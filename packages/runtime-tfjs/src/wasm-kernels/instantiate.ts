import binary from '../../assembly/index.ts?assemblyscript';
import type { Assembly } from './assembly.ts';
import type { Heap } from './heap.ts';

/** @returns nothing where WebAssembly has no SIMD. */
export async function instantiate({ memory }: Heap): Promise<Assembly | undefined> {
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return undefined;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as unknown as Assembly;
}
