import type * as threads from '@atrous/platform/threads';
import type { Assembly } from './assembly.ts';

export type Call = threads.Call<Assembly>;
export type Phase = threads.Phase<Assembly>;
export type Crew = threads.Crew<Assembly>;

/** What each of several parts takes of `length` things, from one to before another. All but the last take a multiple of `unit`. */
export const sharesOf = (length: number, parts: number, unit = 1): (readonly [from: number, to: number])[] =>
  Array.from({ length: parts }, (_, part) => {
    const units = Math.ceil(length / unit);
    const [from, to] = [part, part + 1].map((p) => Math.floor((units * p) / parts) * unit);
    return [Math.min(length, from!), Math.min(length, to!)];
  });

/** A phase in which each part does its share of `length` things. */
export const sharedPhase = (
  { parts }: Crew,
  length: number,
  callsOf: (from: number, to: number, part: number) => readonly Call[],
): Phase => sharesOf(length, parts).map(([from, to], part) => (from < to ? callsOf(from, to, part) : []));
