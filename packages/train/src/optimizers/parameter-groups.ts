import type { TrainedParameter } from '../parameters.ts';

/** Parameters that are treated alike. */
export interface ParameterGroup {
  readonly match: (parameter: TrainedParameter) => boolean;
  /** Factor of the learning rate, for example 10 for a head's filters and 20 for its biases. Default 1. */
  readonly rate?: number | undefined;
  /** Factor of the weight decay; 0 for none. Default: as without a group. */
  readonly decay?: number | undefined;
}

/** Which parameters decay: `filters` of convolutions alone, neither biases nor gamma and beta (DeepLab in TensorFlow and Caffe), or `all` (PyTorch). */
export type DecayedParameters = 'filters' | 'all';

/** Factors of one parameter. */
export interface ParameterFactors {
  readonly rate: number;
  readonly decay: number;
}

/** The factors of a parameter by the first group that matches. */
export function factorsOf(
  parameter: TrainedParameter,
  groups: readonly ParameterGroup[],
  decayed: DecayedParameters,
): ParameterFactors {
  const group = groups.find(({ match }) => match(parameter));
  const decay = decayed === 'all' || parameter.shape.length > 1 ? 1 : 0;
  return { rate: group?.rate ?? 1, decay: group?.decay ?? decay };
}
