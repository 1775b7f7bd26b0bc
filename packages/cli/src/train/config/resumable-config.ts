import type { Json } from '@atrous/core';
import { UsageError } from '../../errors.ts';
import type { TrainConfig } from './config-schema.ts';

/** Options that may change between the parts of a run: they say what is written and how fast, not what is computed. */
const FREE: readonly (keyof TrainConfig)[] = [
  '$schema',
  'name',
  'description',
  'license',
  'evaluateEvery',
  'checkpointEvery',
  'keepCheckpoints',
  'half',
  'workers',
];

/** The part of a configuration that must be the same when a run goes on. */
export const resumableConfig = (config: TrainConfig): Readonly<Record<string, Json>> =>
  Object.fromEntries(Object.entries(config).filter(([key]) => !(FREE as readonly string[]).includes(key))) as Readonly<
    Record<string, Json>
  >;

/**
 * Makes sure that a run goes on as it began.
 *
 * @param began what its checkpoint holds.
 * @throws UsageError naming the first option that differs.
 */
export function checkSameConfig(began: Json, config: TrainConfig): void {
  const before = began as Readonly<Record<string, Json>>;
  const now = resumableConfig(config);
  for (const key of Object.keys({ ...before, ...now })) {
    const [old, current] = [before[key], now[key]].map((value) => JSON.stringify(value) ?? 'nothing');
    if (old !== current)
      throw new UsageError(
        `the run began with ${key} ${old}, now it is ${current}`,
        'a run goes on with what it began with, flags included; anything else is a new run: give another --out',
      );
  }
}
