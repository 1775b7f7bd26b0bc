import type { KernelStep } from './plan-builder.ts';

/** Times that each thread takes items of a step when none is held up. */
const TURNS = 3;

/** Multiply-adds, about 0.2 ms, below which taking them counts. */
const LEAST_WORK = 5e6;

/**
 * How many items of a step a thread takes at a time: as few as pay, so that one that is held up does not keep the others waiting long, and so
 * many that all threads take equally often.
 */
export function grainOf({ items, unit, work }: KernelStep, parts: number): number {
  const units = items / unit;
  const turns = Math.max(1, Math.floor(Math.min(TURNS, units / parts, work / LEAST_WORK / parts)));
  return unit * Math.max(1, Math.floor(units / (parts * turns)));
}
