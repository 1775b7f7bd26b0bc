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

/** Pictures have three channels; networks for others have no place for them. */
function checkChannels({ shape }: Node): void {
  const channels = shape[3] ?? 3;
  if (channels !== 3)
    throw new ShapeError(`the network reads images of ${channels} channels, pictures have 3: red, green and blue`, {
      code: 'INPUT_CHANNELS',
      hint: 'build it with `inputChannels: 3`, or give tensors of your own to `runtime.compile(graph, weights)`',
    });
}

/**
 * Makes sure that a graph takes what its preprocessing makes, before anything is compiled.
 *
 * @throws ShapeError when it does not: `INPUT_CHANNELS` when it reads other images than colour pictures.
 */
export function checkGraph(graph: Graph, fit: Fit): void {
  const [input] = inputsOf(graph);
  if (input === undefined || nodesByName(graph).get(graph.outputs['logits'] ?? '') === undefined)
    throw new ShapeError('a segmenter needs a graph with an input and an output "logits"', { code: 'SEGMENTER_GRAPH' });
  const given = [1, ...inputSize(fit), 3];
  checkChannels(input);
  const fits = input.shape.length === 4 && given.every((extent, axis) => (input.shape[axis] ?? extent) === extent);
  if (!fits)
    throw new ShapeError(`the preprocessing gives the network ${show(given)}, its input is ${show(input.shape)}`, {
      code: 'SEGMENTER_GRAPH',
      hint: 'use the `fit` that the network was made for, or leave height and width of its input open',
    });
}
