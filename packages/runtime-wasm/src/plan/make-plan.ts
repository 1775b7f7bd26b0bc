import {
  concatSlices,
  inputsOf,
  nodesByName,
  sizeOf,
  sumsToFuse,
  type Graph,
  type Node,
  type OpDefinition,
  type Weights,
} from '@atrous/core';
import { lowerCustom } from '../ops/custom.ts';
import { paddedCopy, tightCopy } from '../ops/layout.ts';
import type { LoweredKind, Lowering } from '../ops/lowering.ts';
import { lowerings } from '../ops/lowerings.ts';
import type { Packed } from '../pack-weights.ts';
import { inBands } from './bands/in-bands.ts';
import { createPlanBuilder, type PlanBuilder, type PlanOptions, type Step } from './plan-builder.ts';
import { LANES, lanesOf, pitchOf, pixelsOf, type Buffer, type Value } from './value.ts';

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
  /** Those of the builder, with chains of them run by bands of rows. */
  readonly steps: readonly Step[];
  readonly inputs: readonly Terminal[];
  readonly outputs: readonly Terminal[];
}

/** What bands of rows may take: a core's own cache. */
const BAND_BYTES = 2 ** 20;

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

/** What the lowering of a node is given besides it. */
interface Surroundings {
  readonly plan: PlanBuilder;
  readonly inputs: readonly Value[];
  readonly source: PlanSource;
  /** Added on the way, before the sum's activation. */
  readonly residual?: Value | undefined;
  /** Where the result belongs, if that is settled. */
  readonly place?: Value | undefined;
}

type Lowered = Exclude<Node, { kind: 'input' }>;

function lower(node: Lowered, { plan, inputs, source, residual, place }: Surroundings): Value {
  if (node.kind === 'custom') return lowerCustom(node, { plan, inputs, ops: source.ops, weights: source.hostWeights });
  const lowering = lowerings[node.kind] as Lowering<LoweredKind>;
  const maps = inputs.map((input) => asFloats(plan, input));
  return lowering({
    ...{ plan, node, attrs: node.attrs, inputs: maps, x: maps[0]!, residual, place },
    ...{ shape: node.shape as Value['shape'], packed: source.packed.get(node.name) ?? {} },
  });
}

/** Says where convolutions write what only a concat reads: into its slice. Slices and concats have to begin with a whole block. */
function createPlaces(graph: Graph, plan: PlanBuilder) {
  const nodes = nodesByName(graph);
  const isWhole = ({ kind, shape }: Node, channel: number): boolean =>
    kind === 'conv2d' && channel % LANES === 0 && shape[3]! % LANES === 0;
  const slices = concatSlices(graph, isWhole);
  const concats = new Map<string, Value>();
  return (name: string): Value | undefined => {
    const slice = slices.get(name);
    if (slice === undefined) return concats.get(name);
    const whole = concats.get(slice.of) ?? plan.value(nodes.get(slice.of)!.shape as Value['shape']);
    concats.set(slice.of, whole);
    const shape = nodes.get(name)!.shape as Value['shape'];
    return { shape, type: 'floats', buffer: whole.buffer, lanes: lanesOf(whole), first: slice.channel };
  };
}

/** Computes nodes one after the other; those that a sum follows at once compute the sum. */
function lowerNodes(source: PlanSource, plan: PlanBuilder, values: Map<string, Value>): void {
  const fused = sumsToFuse(source.graph);
  const placeOf = createPlaces(source.graph, plan);
  for (const node of source.graph.nodes) {
    if (node.kind === 'input' || values.has(node.name)) continue;
    const inputs = node.inputs.map((name) => values.get(name)!);
    const { sum, other } = fused.get(node.name) ?? {};
    if (sum && other !== undefined) {
      const finished = { ...node, attrs: { ...node.attrs, activation: sum.attrs.activation } } as Lowered;
      const residual = asFloats(plan, values.get(other)!);
      values.set(sum.name, lower(finished, { plan, inputs, source, residual }));
    } else values.set(node.name, lower(node, { plan, inputs, source, place: placeOf(node.name) }));
  }
}

const RESIZES: readonly Node['kind'][] = ['resizeBilinear', 'interpolateTaps', 'resizeArgMax'];

/** Whether nothing but convolutions, which go from channel to channel, reads what a node computes. Resizes may have its size. */
const isForConvolutions = ({ nodes, outputs }: Graph, name: string): boolean =>
  !Object.values(outputs).includes(name) &&
  nodes.every(
    ({ kind, inputs }) => !inputs.includes(name) || kind === 'conv2d' || (RESIZES.includes(kind) && inputs[0] !== name),
  );

/** A map from the numbers of an input, as they are where that will do. */
function inputValue({ graph }: PlanSource, plan: PlanBuilder, { name, buffer, shape }: Terminal): Value {
  const extents = shape as Value['shape'];
  if (extents[3] % LANES === 0 || !isForConvolutions(graph, name)) return paddedCopy(plan, buffer, extents);
  return { shape: extents, type: 'floats', buffer, lanes: extents[3] };
}

/** Turns a graph into steps over buffers. */
export function makePlan(source: PlanSource): Plan {
  const { graph } = source;
  const builder = createPlanBuilder({ parts: source.parts, isExact: source.isExact });
  const values = new Map<string, Value>();
  const inputs = inputsOf(graph).map((node): Terminal => {
    const shape = node.shape as Value['shape'];
    return { name: node.name, buffer: builder.buffer(4 * sizeOf(shape)), shape, type: 'floats' };
  });
  for (const input of inputs) values.set(input.name, inputValue(source, builder, input));
  lowerNodes(source, builder, values);
  const outputs = Object.entries(graph.outputs).map(([name, node]): Terminal => {
    const value = values.get(node)!;
    return { name, buffer: tightCopy(builder, value), shape: value.shape, type: value.type };
  });
  const kept = new Set(outputs.map(({ buffer }) => buffer));
  return { builder, steps: inBands(builder.steps, kept, { bytes: BAND_BYTES, strips: source.parts }), inputs, outputs };
}
