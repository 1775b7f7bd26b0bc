import { inputsOf, nodesByName, ShapeError, type Fit, type Graph, type Node } from '@atrous/core';
import { planFit } from './fit/plan-fit.ts';

const show = (shape: Node['shape']): string => `[${shape.map((extent) => extent ?? 'any').join(', ')}]`;

/** Height and width that a fit gives every image; `null` where they depend on the image. */
function inputSize(fit: Fit): readonly [number | null, number | null] {
  if (fit.mode !== 'multiple') return fit.size;
  // Contradictions are the same for every image: better found now than with the first one.
  planFit(fit, [1, 1]);
  return [null, null];
}

/**
 * Makes sure that a graph takes what its preprocessing makes, before anything is compiled.
 *
 * @throws ShapeError when it does not.
 */
export function checkGraph(graph: Graph, fit: Fit): void {
  const [input] = inputsOf(graph);
  if (input === undefined || nodesByName(graph).get(graph.outputs['logits'] ?? '') === undefined)
    throw new ShapeError('a segmenter needs a graph with an input and an output "logits"', { code: 'SEGMENTER_GRAPH' });
  const given = [1, ...inputSize(fit), 3];
  const fits = input.shape.length === 4 && given.every((extent, axis) => (input.shape[axis] ?? extent) === extent);
  if (!fits)
    throw new ShapeError(`the preprocessing gives the network ${show(given)}, its input is ${show(input.shape)}`, {
      code: 'SEGMENTER_GRAPH',
      hint: 'use the `fit` that the network was made for, or leave height and width of its input open',
    });
}
