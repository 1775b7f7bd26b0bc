import type { LabelMap } from '@atrous/core';
import { UsageError } from '../../errors.ts';
import type { TrainConfig } from './config-schema.ts';

type Weighted = { readonly classWeights?: readonly number[] | undefined };

/**
 * Makes sure that weights of classes are as many as the data has classes.
 *
 * @throws UsageError naming the option where they are not.
 */
export function checkClassWeights({ loss, augment }: TrainConfig, { name, classes }: LabelMap): void {
  const losses: readonly (Weighted | object)[] = Array.isArray(loss) ? loss : [loss];
  const all: readonly (readonly [where: string, weighted: Weighted])[] = [
    ...losses.map((one) => ['loss', one] as const),
    ['augment', augment],
  ];
  for (const [where, { classWeights }] of all)
    if (classWeights !== undefined && classWeights.length !== classes.length)
      throw new UsageError(
        `${where}.classWeights has ${classWeights.length} numbers, the data has the ${classes.length} classes of "${name}"`,
        `give one number for each of ${classes.map((one) => one.name).join(', ')}`,
      );
}
