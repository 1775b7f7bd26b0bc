import { parametersOf, WeightsError, type Graph, type Tensor, type Weights } from '@atrous/core';
import { classifiersOf } from './classifiers.ts';
import { initialTensors, type InitialWeightsOptions } from './initial-weights.ts';

/** Weights of which some were known before. */
export interface TransferredWeights {
  readonly weights: Weights;
  /** Names of the parameters that were known. */
  readonly copied: readonly string[];
  /** Names of the parameters that start as `initialWeights` says: new ones, and classifiers of another number of classes. */
  readonly fresh: readonly string[];
}

/**
 * Weights to fine-tune a network from: those that are known, by name, and initial ones for the rest. A backbone from ImageNet under a new
 * head, or a whole network whose classes changed.
 *
 * @throws WeightsError when a tensor that is no classifier has another shape (`WEIGHT_SHAPE`), or none has a name of this network
 *   (`WEIGHT_MISSING`).
 */
export function transferWeights(graph: Graph, known: Weights, options: InitialWeightsOptions): TransferredWeights {
  const classifiers = new Set(
    classifiersOf(graph).flatMap(({ params }) => Object.values(params).map(({ name }) => name)),
  );
  const initial = initialTensors(graph, options);
  const weights = new Map<string, Tensor>();
  const copied: string[] = [];
  const fresh: string[] = [];
  for (const param of parametersOf(graph).values()) {
    const { name, shape } = param;
    const found = known.get(name);
    const fits = found?.shape.join() === shape.join();
    if (found && !fits && !classifiers.has(name))
      throw new WeightsError(`"${name}" is [${found.shape.join(', ')}], the network needs [${shape.join(', ')}]`, {
        code: 'WEIGHT_SHAPE',
        hint: 'only classifiers may differ; give the network the options that the weights were made with',
      });
    weights.set(name, found && fits ? found : initial(param));
    (found && fits ? copied : fresh).push(name);
  }
  if (copied.length === 0)
    throw new WeightsError('none of these weights has the name of a parameter of this network', {
      code: 'WEIGHT_MISSING',
      hint: 'import the checkpoint with its name map first (`importWeights` of @atrous/weights)',
    });
  return { weights, copied, fresh };
}
