import { atLeast, cosine, held, poly, slowStart, stepwise, warmUp, type Schedule } from '@atrous/train';

interface SchedulesFile {
  readonly its: readonly number[];
  readonly base: number;
  readonly max_iter: number;
  readonly series: Readonly<Record<string, { readonly values: readonly number[] }>>;
}

const RELATIVE = 1e-12;

/** The schedules that the names of the series mean; their numbers stand in the file's formulas. */
function schedules(base: number, steps: number): Readonly<Record<string, Schedule>> {
  const usual = poly({ base, steps });
  return {
    'poly_power0.9': usual,
    poly_power2: poly({ base, steps, power: 2 }),
    'poly_min1e-6': atLeast(1e-6, usual),
    'poly_end1e-5': poly({ base, steps, end: 1e-5 }),
    poly_step10: held(10, usual),
    poly_warmup20: warmUp(20, usual),
    slow_start50: slowStart(50, 1e-4, usual),
    step: stepwise({ base, every: 250 }),
    cosine: cosine({ base, steps }),
  };
}

/**
 * Computes every series of `ops/lr_schedules.json`.
 *
 * @returns how many agree, for people.
 * @throws Error that names the first rate that differs, or a series that is not known.
 */
export function checkSchedules(content: unknown): string {
  const { its, base, max_iter: steps, series } = content as SchedulesFile;
  const known = schedules(base, steps);
  for (const [name, { values }] of Object.entries(series)) {
    const schedule = known[name];
    if (schedule === undefined) throw new Error(`no schedule is called "${name}"`);
    for (const [i, step] of its.entries()) {
      const [actual, expected] = [schedule(step), values[i]!];
      if (!(Math.abs(actual - expected) <= RELATIVE * Math.abs(expected)))
        throw new Error(`${name} is ${actual} instead of ${expected} at step ${step}`);
    }
  }
  return `${Object.keys(series).length} schedules agree at ${its.length} steps`;
}
