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
export const shareOf = (length: number, part: number, parts: number): readonly [from: number, to: number] => [
  Math.floor((length * part) / parts),
  Math.floor((length * (part + 1)) / parts),
];

/** What each of several parts takes. All but the last take a multiple of `unit`. */
export const sharesOf = (length: number, parts: number, unit = 1): (readonly [from: number, to: number])[] =>
  Array.from({ length: parts }, (_, part) => {
    const [from, to] = shareOf(Math.ceil(length / unit), part, parts);
    return [Math.min(length, from * unit), Math.min(length, to * unit)];
  });

/** A phase in which each part does its share of `length` things. */
export const sharedPhase = (
  { parts }: Crew,
  length: number,
  callsOf: (from: number, to: number, part: number) => readonly Call[],
): Phase => sharesOf(length, parts).map(([from, to], part) => (from < to ? callsOf(from, to, part) : []));
