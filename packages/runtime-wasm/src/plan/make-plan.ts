import { sizeOf, type Graph, type Node, type OpDefinition, type Weights } from '@atrous/core';
import { lowerCustom } from '../ops/custom.ts';
import { paddedCopy, tightCopy } from '../ops/layout.ts';
import type { LoweredKind, Lowering } from '../ops/lowering.ts';
import { lowerings } from '../ops/lowerings.ts';
import type { Packed } from '../pack-weights.ts';
import { createPlanBuilder, type PlanBuilder, type PlanOptions } from './plan-builder.ts';
import { lanesOf, pitchOf, pixelsOf, type Buffer, type Value } from './value.ts';

/** What a plan is made from. */
export interface PlanSource extends PlanOptions {
  /** In order, with every shape known. */
  readonly graph: Graph;
  readonly packed: ReadonlyMap<string, Packed>;
  /** Definitions of custom ops, and what they read. */
  readonly ops: readonly OpDefinition[];
  readonly hostWeights: Weights;
}

/** The numbers of a tensor that goes in or comes out. */
export interface Terminal {
  readonly name: string;
  readonly buffer: Buffer;
  readonly shape: readonly number[];
  readonly type: Value['type'];
}

/** Everything that has to be done to run a network on images of one size. */
export interface Plan {
  readonly builder: PlanBuilder;
  readonly inputs: readonly Terminal[];
  readonly outputs: readonly Terminal[];
}

/** A value as numbers to compute with. */
function asFloats(plan: PlanBuilder, value: Value): Value {
  if (value.type === 'floats') return value;
  const map = plan.value(value.shape);
  plan.kernel(
    'labelsToMap',
    { items: pixelsOf(map), unit: 16, work: 4 * pixelsOf(map) * lanesOf(map) },
    { x: value.buffer, y: map.buffer, pitch: pitchOf(map) },
  );
  return map;
}

function lower(
  node: Exclude<Node, { kind: 'input' }>,
  inputs: readonly Value[],
  plan: PlanBuilder,
  source: PlanSource,
) {
  if (node.kind === 'custom') return lowerCustom(node, { plan, inputs, ops: source.ops, weights: source.hostWeights });
  const lowering = lowerings[node.kind] as Lowering<LoweredKind>;
  const maps = inputs.map((input) => asFloats(plan, input));
  return lowering({
    ...{ plan, node, attrs: node.attrs, inputs: maps, x: maps[0]! },
    ...{ shape: node.shape as Value['shape'], packed: source.packed.get(node.name) ?? {} },
  });
}

/** Turns a graph into steps over buffers. */
export function makePlan(source: PlanSource): Plan {
  const { graph } = source;
  const builder = createPlanBuilder({ parts: source.parts, isExact: source.isExact });
  const values = new Map<string, Value>();
  const inputs: Terminal[] = [];
  for (const node of graph.nodes) {
    if (node.kind === 'input') {
      const shape = node.shape as Value['shape'];
      const buffer = builder.buffer(4 * sizeOf(shape));
      inputs.push({ name: node.name, buffer, shape, type: 'floats' });
      values.set(node.name, paddedCopy(builder, buffer, shape));
    } else {
      const given = node.inputs.map((name) => values.get(name)!);
      values.set(node.name, lower(node, given, builder, source));
    }
  }
  const outputs = Object.entries(graph.outputs).map(([name, node]): Terminal => {
    const value = values.get(node)!;
    return { name, buffer: tightCopy(builder, value), shape: value.shape, type: value.type };
  });
  return { builder, inputs, outputs };
}
