import { adamW, sgd, type Optimizer, type ParameterGroup, type TrainedParameter } from '@atrous/train';
import type { TrainConfig } from '../config/config-schema.ts';

/** The optimiser that a configuration asks for. */
export function optimizerOf({ optimizer }: TrainConfig): Optimizer {
  switch (optimizer.kind) {
    case 'sgd':
      return sgd(optimizer);
    case 'adamw':
      return adamW(optimizer);
    default:
      return optimizer satisfies never;
  }
}

/** Whether a parameter is a layer's, or one of the layers' below a scope: `head` has `head/aspp0/weights`. */
const isBelow = (prefix: string, { name }: TrainedParameter): boolean =>
  name === prefix || name.startsWith(`${prefix.replace(/\/$/, '')}/`);

/** Parameters with a learning rate of their own; the most exact name counts. */
export const groupsOf = ({ rateFactors }: TrainConfig): readonly ParameterGroup[] =>
  Object.entries(rateFactors)
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([prefix, rate]) => ({ match: (parameter) => isBelow(prefix, parameter), rate }));

/** Whether a parameter stays as it is. */
export const frozenBy =
  ({ freeze }: TrainConfig) =>
  (parameter: TrainedParameter): boolean =>
    freeze.some((prefix) => isBelow(prefix, parameter));
