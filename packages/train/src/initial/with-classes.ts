import {
  createGraphBuilder,
  nodesByName,
  ShapeError,
  type Graph,
  type Node,
  type NodeOf,
  type RebuildOptions,
} from '@atrous/core';
import { classifiersOf } from './classifiers.ts';

/** Classes of a network's first output. */
function classesOf(graph: Graph): number {
  const [output] = Object.values(graph.outputs);
  const channels = output === undefined ? undefined : nodesByName(graph).get(output)?.shape[3];
  if (channels === undefined || channels === null)
    throw new ShapeError('the number of classes of this network is not known');
  return channels;
}

/** A classifier may have several filters per class, which a depth-to-space puts in their places. */
function widened({ name, attrs }: NodeOf<'conv2d'>, before: number, after: number): number {
  const perClass = attrs.filters / before;
  if (!Number.isInteger(perClass))
    throw new ShapeError(`"${name}" has ${attrs.filters} filters, which are not so many for each of ${before} classes`);
  return perClass * after;
}

const withFilters = (node: NodeOf<'conv2d'>, filters: number): Node => ({
  ...node,
  attrs: { ...node.attrs, filters },
  params: Object.fromEntries(
    Object.entries(node.params).map(([role, { name, shape }]) => [
      role,
      { name, shape: [...shape.slice(0, -1), filters] },
    ]),
  ),
});

/**
 * The same network for another number of classes: its classifiers have other filters, everything else keeps its name and shape.
 *
 * @throws ShapeError when a node after the classifiers does not go with that number.
 * @see {@link transferWeights} for weights to start it from.
 */
export function withClasses(graph: Graph, numClasses: number, { ops }: RebuildOptions = {}): Graph {
  if (!Number.isInteger(numClasses) || numClasses < 1)
    throw new ShapeError(`a network has a whole number of classes, at least 1, got ${numClasses}`, { code: 'OPTION' });
  const before = classesOf(graph);
  const classifiers = new Map(classifiersOf(graph).map((node) => [node.name, node]));
  const builder = createGraphBuilder({ outputStride: graph.outputStride, ops });
  const added = new Map<string, Node>();
  for (const node of graph.nodes) {
    const classifier = classifiers.get(node.name);
    added.set(
      node.name,
      builder.addNode(classifier ? withFilters(classifier, widened(classifier, before, numClasses)) : node),
    );
  }
  return builder.build(
    Object.fromEntries(Object.entries(graph.outputs).map(([name, node]) => [name, added.get(node)!])),
  );
}
