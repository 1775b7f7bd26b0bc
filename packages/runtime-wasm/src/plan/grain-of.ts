import type { KernelStep } from './plan-builder.ts';

/** Times that each thread takes items of a step when none is held up. */
const TURNS = 4;

/** Multiply-adds, about 0.2 ms, below which taking them counts. */
const LEAST_WORK = 5e6;

/** How many items of a step a thread takes at a time: as few as pay, so that one that is held up does not keep the others waiting long. */
export function grainOf({ items, unit, least, work }: KernelStep, parts: number): number {
  const fair = items / parts;
  const wanted = Math.max(least, fair / TURNS, (LEAST_WORK / work) * items);
  return unit * Math.ceil(Math.min(fair, wanted) / unit);
}
