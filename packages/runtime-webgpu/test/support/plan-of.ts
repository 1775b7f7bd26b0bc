import type { Graph } from '@atrous/core';
import { makePlan, type Plan } from '../../src/plan/make-plan.ts';

const buffer = {} as GPUBuffer;
const packed = { weights: buffer, biases: buffer };

/** The plan of a graph whose shapes are all known, for parameters that are nowhere. */
export const planOf = (graph: Graph): Plan =>
  makePlan({
    ...{ graph, precision: 'float32', ops: [], hostWeights: new Map() },
    packed: new Map(graph.nodes.map(({ name }) => [name, packed])),
  });

/** What its steps are called. */
export const labelsOf = ({ steps }: Plan): readonly string[] =>
  steps.map((step) => ('kernel' in step ? step.kernel.label : 'host'));
