import {
  inputsOf,
  nodesByName,
  ShapeError,
  type Graph,
  type Node,
  type OpDefinition,
  type Preprocessing,
} from '@atrous/core';
import { checkCoverage } from './check-coverage.ts';
import { planFit } from './fit/plan-fit.ts';

const show = (shape: Node['shape']): string => `[${shape.map((extent) => extent ?? 'any').join(', ')}]`;

/** Pictures have three channels; networks for others have no place for them. */
function checkChannels({ shape }: Node): void {
  const channels = shape[3] ?? 3;
  if (channels !== 3)
    throw new ShapeError(`the network reads images of ${channels} channels, pictures have 3: red, green and blue`, {
      code: 'INPUT_CHANNELS',
      hint: 'build it with `inputChannels: 3`, or give tensors of your own to `runtime.compile(graph, weights)`',
    });
}

function checkBorder(border: number): void {
  if (!Number.isInteger(border) || border < 0)
    throw new ShapeError(`the preprocessing's border is ${border}, expected a whole number of at least 0`, {
      code: 'BORDER',
      hint: 'it counts pixels on each side of the image',
    });
}

/** Side of the picture that coverage is tried with where any will do. */
const ANY_SIDE = 2048;

/**
 * Makes sure that a graph takes what its preprocessing makes, and that its logits cover the image, before anything is compiled.
 *
 * @param ops definitions of the custom ops in the graph.
 * @throws ShapeError when it does not: `INPUT_CHANNELS` when it reads other images than colour pictures, `COVERAGE` when its logits
 * cover another part of its input than the image.
 */
export function checkGraph(graph: Graph, { fit, border }: Preprocessing, ops: readonly OpDefinition[] = []): void {
  const [input] = inputsOf(graph);
  if (input === undefined || nodesByName(graph).get(graph.outputs['logits'] ?? '') === undefined)
    throw new ShapeError('a segmenter needs a graph with an input and an output "logits"', { code: 'SEGMENTER_GRAPH' });
  checkChannels(input);
  const mirrored = border ?? 0;
  checkBorder(mirrored);
  const { input: size } = planFit(fit, [ANY_SIDE, ANY_SIDE]);
  const sides = size.map((side) => (fit.mode === 'multiple' ? null : side + 2 * mirrored));
  const given = [1, ...sides, 3];
  const fits = input.shape.length === 4 && given.every((extent, axis) => (input.shape[axis] ?? extent) === extent);
  if (!fits)
    throw new ShapeError(`the preprocessing gives the network ${show(given)}, its input is ${show(input.shape)}`, {
      code: 'SEGMENTER_GRAPH',
      hint: 'use the `fit` that the network was made for, or leave height and width of its input open',
    });
  if (border !== 0) checkCoverage(graph, { size, border: mirrored, ops });
}
