/** The functions of a WebAssembly module. */
export type KernelTable<Kernels> = { readonly [Name in keyof Kernels]: (...args: never[]) => unknown };

/** A kernel to call, with its arguments. */
export type Call<Kernels extends KernelTable<Kernels>> = {
  [Name in keyof Kernels]: readonly [Name, ...Parameters<Kernels[Name]>];
}[keyof Kernels];

/** Calls that may run at once: for each part of the work those that follow one another. All have ended before the next phase begins. */
export type Phase<Kernels extends KernelTable<Kernels>> = readonly (readonly Call<Kernels>[])[];

/** Who runs kernels: the thread that asks, or several others that share its memory. */
export interface Crew<Kernels extends KernelTable<Kernels>> {
  /** Parts that work is divided in. */
  readonly parts: number;
  /** Whether it can run nothing any more. */
  hasEnded(): boolean;
  /** Runs phases one after the other. @throws BackendError `DEVICE_LOST` when a thread has ended. */
  run(phases: readonly Phase<Kernels>[]): Promise<void>;
  /** Ends its threads. A run that is going on is rejected. */
  dispose(): void;
}

/** The thread that asks. */
export const aloneWith = <Kernels extends KernelTable<Kernels>>(kernels: Kernels): Crew<Kernels> => ({
  parts: 1,
  hasEnded: () => false,
  async run(phases) {
    for (const [calls = []] of phases)
      for (const [name, ...args] of calls) {
        const kernel: (...args: never[]) => unknown = kernels[name];
        kernel(...(args as never[]));
      }
  },
  dispose: () => {},
});
