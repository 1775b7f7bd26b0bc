import type { Graph, LabelMap, Weights } from '@atrous/core';
import { classifiersOf, transferWeights, withClasses } from '@atrous/train';
import type { Bundle } from '@atrous/weights';
import { UNPAINTED } from '../../paint/painting.ts';
import type { PaintedClass } from '../protocol.ts';

/** A network before it is trained on painted classes. */
export interface StartNetwork {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly labels: LabelMap;
  /** Whether it has these classes already, and so goes on with its classifier. */
  readonly knowsClasses: boolean;
}

const seed = 1;

/** The network of a bundle for the painted classes: with a new classifier, unless its own classes are these. */
export function startNetwork({ graph, weights, labels }: Bundle, classes: readonly PaintedClass[]): StartNetwork {
  const knowsClasses = labels.classes.map(({ name }) => name).join('\n') === classes.map(({ name }) => name).join('\n');
  const painted: LabelMap = {
    name: knowsClasses ? labels.name : 'painted',
    classes: classes.map(({ name, color }, id) => ({ id, name, color })),
    ignoreLabel: UNPAINTED,
  };
  if (knowsClasses) return { graph, weights, labels: painted, knowsClasses };
  const swapped = withClasses(graph, classes.length);
  // As many classes as before would fit the old filters, which know other things.
  const known = new Map(weights);
  for (const name of classifierParameters(graph)) known.delete(name);
  return {
    graph: swapped,
    weights: transferWeights(swapped, known, { seed }).weights,
    labels: painted,
    knowsClasses,
  };
}

/** Names of the parameters of a network's classifiers. */
export const classifierParameters = (graph: Graph): ReadonlySet<string> =>
  new Set(classifiersOf(graph).flatMap(({ params }) => Object.values(params).map(({ name }) => name)));
