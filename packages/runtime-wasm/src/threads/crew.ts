import type { Address, Assembly } from '../assembly.ts';

/** Who runs kernels: the thread that asks, or several others that share its memory. */
export interface Crew {
  readonly parts: number;
  /** Runs the steps of a plan that lie in memory from `first` to `end`. */
  run(first: Address, end: Address): Promise<void>;
  /** Ends its threads. */
  dispose(): void;
}

/** The thread that asks. */
export async function aloneIn(module: WebAssembly.Module, memory: WebAssembly.Memory): Promise<Crew> {
  const instance = await WebAssembly.instantiate(module, { env: { memory } });
  const assembly = instance.exports as unknown as Assembly;
  return {
    parts: 1,
    async run(first, end) {
      assembly.runSteps(first, end, 0, 1, 0);
    },
    dispose: () => {},
  };
}
