import {
  createRandom,
  parametersOf,
  sizeOf,
  type Graph,
  type Param,
  type Random,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { classifiersOf } from './classifiers.ts';

/** Options of {@link initialWeights}. */
export interface InitialWeightsOptions {
  /** A whole number. The same one gives the same weights on every machine. */
  readonly seed: number;
}

const CLASSIFIER_DEVIATION = 0.01;

/** He et al. by the number of outputs, counted as PyTorch does: one of a depthwise filter's channels counts them all. */
const heDeviation = ([height = 1, width = 1, inputs = 1, outputs = 1]: readonly number[], depthwise: boolean): number =>
  Math.sqrt(2 / (height * width * outputs * (depthwise ? inputs : 1)));

const filled = (shape: readonly number[], value: () => number): Tensor => ({
  shape,
  data: Float32Array.from({ length: sizeOf(shape) }, value),
});

const normal = (shape: readonly number[], random: Random, deviation: number): Tensor =>
  filled(shape, () => random.normal() * deviation);

function valueOf(role: string, { shape }: Param, random: Random, isClassifier: boolean): Tensor {
  if (role === 'gamma' || role === 'movingVariance') return filled(shape, () => 1);
  if (shape.length < 2) return filled(shape, () => 0);
  return normal(shape, random, isClassifier ? CLASSIFIER_DEVIATION : heDeviation(shape, role === 'depthwiseWeights'));
}

/** How each parameter of a graph starts. A tensor follows from the seed and its name alone. */
export function initialTensors(graph: Graph, { seed }: InitialWeightsOptions): (param: Param) => Tensor {
  const classifiers = new Set(
    classifiersOf(graph).flatMap(({ params }) => Object.values(params).map(({ name }) => name)),
  );
  const roles = new Map(
    graph.nodes.flatMap(({ params }) => Object.entries(params).map(([role, { name }]) => [name, role] as const)),
  );
  return (param) => {
    const random = createRandom(seed, 'weights', param.name);
    return valueOf(roles.get(param.name) ?? '', param, random, classifiers.has(param.name));
  };
}

/**
 * Weights to train from nothing: filters normal by the rule of He (fan-out), those of classifiers of deviation 0.01, biases 0,
 * batch normalisations 1 and 0.
 *
 * Each tensor follows from the seed and its name alone: two networks that share a part start it alike.
 *
 * @see He et al. 2015, "Delving Deep into Rectifiers", §2.2, arXiv:1502.01852
 */
export function initialWeights(graph: Graph, options: InitialWeightsOptions): Weights {
  const tensorOf = initialTensors(graph, options);
  return new Map([...parametersOf(graph).values()].map((param) => [param.name, tensorOf(param)]));
}
