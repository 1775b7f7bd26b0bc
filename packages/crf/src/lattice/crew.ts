import type { Assembly } from './assembly.ts';

/** A kernel to call, with its arguments. */
export type Call = { [Name in keyof Assembly]: readonly [Name, ...Parameters<Assembly[Name]>] }[keyof Assembly];

/** Calls that may run at once: for each part of the work those that follow one another. All have ended before the next phase begins. */
export type Phase = readonly (readonly Call[])[];

/** Who runs kernels: the thread that asks, or several others that share its memory. */
export interface Crew {
  /** Parts that work is divided in. */
  readonly parts: number;
  /** Whether it can run nothing any more. */
  hasEnded(): boolean;
  /** Runs phases one after the other. */
  run(phases: readonly Phase[]): Promise<void>;
  /** Ends its threads. */
  dispose(): void;
}

/** The thread that asks. */
export const aloneWith = (assembly: Assembly): Crew => ({
  parts: 1,
  hasEnded: () => false,
  async run(phases) {
    for (const [calls = []] of phases)
      for (const [name, ...args] of calls) (assembly[name] as (...args: unknown[]) => unknown)(...args);
  },
  dispose: () => {},
});

/** What part of `length` things, from `from` to `to`, one of several takes. */
export const shareOf = (length: number, part: number, parts: number): [from: number, to: number] => [
  Math.floor((length * part) / parts),
  Math.floor((length * (part + 1)) / parts),
];
