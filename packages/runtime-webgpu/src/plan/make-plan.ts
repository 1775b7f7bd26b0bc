import {
  inputsOf,
  sizeOf,
  sumsToFuse,
  type Graph,
  type Node,
  type NodeOf,
  type OpDefinition,
  type Weights,
} from '@atrous/core';
import { lowerCustom } from '../ops/custom.ts';
import { fromTensor, labelsToMap, toTensor } from '../ops/layout.ts';
import type { LoweredKind, Lowering } from '../ops/lowering.ts';
import { lowerings } from '../ops/lowerings.ts';
import type { Packed } from '../pack-weights.ts';
import type { Precision } from '../precision.ts';
import { createDestinations } from './destinations.ts';
import { createPlanBuilder, type PlanBuilder, type Step } from './plan-builder.ts';
import { separablePairs } from './separable-pairs.ts';
import type { MapShape, MapValue, Room, Value } from './value.ts';

/** What a plan is made from. */
export interface PlanSource {
  /** In order, with every shape known. */
  readonly graph: Graph;
  readonly precision: Precision;
  readonly packed: ReadonlyMap<string, Packed>;
  /** Definitions of custom ops, and what they read. */
  readonly ops: readonly OpDefinition[];
  readonly hostWeights: Weights;
}

/** A tensor that goes in or comes out, by the name that callers know. */
export interface Terminal {
  readonly name: string;
  readonly value: Value;
  /** Its numbers as tensors have them. */
  readonly room: Room;
}

/** Everything that has to be done to run a network on images of one size. */
export interface Plan {
  readonly steps: readonly Step[];
  readonly inputs: readonly Terminal[];
  readonly outputs: readonly Terminal[];
}

/** What the lowering of a node is given besides it. */
interface Surroundings {
  readonly plan: PlanBuilder;
  readonly inputs: readonly Value[];
  readonly source: PlanSource;
  readonly result: () => MapValue;
  /** Added on the way, before the sum's activation. */
  readonly residual?: MapValue | undefined;
  /** Computed on the way: the inputs are its. */
  readonly depthwise?: NodeOf<'depthwiseConv2d'> | undefined;
}

type Lowered = Exclude<Node, { kind: 'input' }>;

const asMap = (plan: PlanBuilder, value: Value): MapValue => (value.type === 'map' ? value : labelsToMap(plan, value));

function lower(node: Lowered, { plan, inputs, source, result, residual, depthwise }: Surroundings): Value {
  if (node.kind === 'custom') return lowerCustom(node, { plan, inputs, ops: source.ops, weights: source.hostWeights });
  const lowering = lowerings[node.kind] as Lowering<LoweredKind>;
  const maps = inputs.map((input) => asMap(plan, input));
  const packedOf = ({ name }: Node) => source.packed.get(name) ?? {};
  return lowering({
    ...{ plan, node, attrs: node.attrs, inputs: maps, x: maps[0]!, residual, result },
    ...{ shape: node.shape as MapShape, packed: packedOf(node) },
    before: depthwise && { attrs: depthwise.attrs, packed: packedOf(depthwise) },
  });
}

/** Computes nodes one after the other; those that a sum follows at once compute the sum, pairs of separable convolutions are one. */
function lowerNodes(source: PlanSource, plan: PlanBuilder, values: Map<string, Value>): void {
  const fused = sumsToFuse(source.graph);
  const pairs = separablePairs(source.graph);
  const onTheWay = new Set<Node>(pairs.values());
  const mapFor = createDestinations(source.graph, plan);
  for (const node of source.graph.nodes) {
    if (node.kind === 'input' || values.has(node.name) || onTheWay.has(node)) continue;
    const depthwise = pairs.get(node.name);
    const inputs = (depthwise ?? node).inputs.map((name) => values.get(name)!);
    const { sum, other } = fused.get(node.name) ?? {};
    if (sum && other !== undefined) {
      const finished = { ...node, attrs: { ...node.attrs, activation: sum.attrs.activation } } as Lowered;
      const residual = asMap(plan, values.get(other)!);
      values.set(sum.name, lower(finished, { plan, inputs, source, residual, depthwise, result: () => mapFor(sum) }));
    } else values.set(node.name, lower(node, { plan, inputs, source, depthwise, result: () => mapFor(node) }));
  }
}

/** Turns a graph into steps. */
export function makePlan(source: PlanSource): Plan {
  const { graph } = source;
  const plan = createPlanBuilder(source.precision);
  const values = new Map<string, Value>();
  const inputs = inputsOf(graph).map(({ name, shape }): Terminal => {
    const room = plan.room(4 * sizeOf(shape as MapShape));
    const value = fromTensor(plan, room, shape as MapShape);
    values.set(name, value);
    return { name, value, room };
  });
  lowerNodes(source, plan, values);
  const outputs = Object.entries(graph.outputs).map(([name, node]): Terminal => {
    const value = values.get(node)!;
    return { name, value, room: toTensor(plan, value) };
  });
  return { steps: plan.steps, inputs, outputs };
}
