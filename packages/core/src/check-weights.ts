import { WeightsError } from './errors.ts';
import { firstNotFinite } from './first-not-finite.ts';
import { parametersOf } from './graph.ts';
import type { Graph } from './ops.ts';
import type { Weights } from './tensor.ts';

/**
 * Makes sure that a graph can run with these weights.
 *
 * @throws WeightsError naming the first tensor that is missing, has the wrong shape, or holds a value that is not finite.
 */
export function checkWeights(graph: Graph, weights: Weights): void {
  for (const { name, shape } of parametersOf(graph).values()) {
    const found = weights.get(name);
    if (found === undefined)
      throw new WeightsError(`the weights have no tensor "${name}"`, {
        code: 'WEIGHT_MISSING',
        hint: 'print the import report to see which names matched',
      });
    if (found.shape.join() !== shape.join())
      throw new WeightsError(`"${name}" is [${found.shape.join(', ')}], the network needs [${shape.join(', ')}]`, {
        code: 'WEIGHT_SHAPE',
      });
    const broken = firstNotFinite(found.data);
    if (broken >= 0)
      throw new WeightsError(`"${name}" holds ${found.data[broken]} at index ${broken}`, {
        code: 'WEIGHT_NOT_FINITE',
        hint: 'the checkpoint is damaged, or training diverged before it was saved',
      });
  }
}
