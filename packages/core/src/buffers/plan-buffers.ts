import { ShapeError } from '../errors.ts';
import { nodesByName } from '../graph.ts';
import type { Graph, Node, OpKind } from '../ops.ts';
import { sizeOf } from '../tensor.ts';
import { concatSlices, type Slice } from './concat-slices.ts';
import { placeBlocks, type Block } from './place-blocks.ts';

/** Where a node's value lies in the memory of {@link planBuffers}, in elements. */
export interface BufferPlacement {
  /** Of its first element. */
  readonly offset: number;
  /** From a pixel to the next: its channels, or those of the concat that it is a part of. */
  readonly pixelStride: number;
}

/** One memory for all values of a graph. */
export interface BufferPlan {
  /** In elements of the type that the runtime computes with. */
  readonly size: number;
  /** By node. */
  readonly placements: ReadonlyMap<string, BufferPlacement>;
}

/** Options of {@link planBuffers}. */
export interface BufferOptions {
  /** Offsets are multiples of so many elements; slices of a concat begin at their channel. Default 16: 64 bytes of float32. */
  readonly alignment?: number | undefined;
  /** Whether the runtime's kernel for a node can write pixels apart from each other, into a slice of a concat. Default: all but custom ops. */
  readonly canWriteSlices?: ((node: Node) => boolean) | undefined;
}

/** Ops that read each element once, just before they write the one at its place. */
const IN_PLACE: ReadonlySet<OpKind> = new Set(['activation', 'batchNorm', 'add', 'maximum', 'multiply', 'dropout']);

const channelsOf = ({ shape }: Node): number => shape[3] as number;

/** The value that a node's value lies in, and at which of its channels. */
function rootOf(name: string, aliases: ReadonlyMap<string, Slice>): Slice {
  let at: Slice = { of: name, channel: 0 };
  for (let next = aliases.get(at.of); next !== undefined; next = aliases.get(at.of))
    at = { of: next.of, channel: at.channel + next.channel };
  return at;
}

/** Elementwise ops write over their first input where nobody reads it any more. */
function addInPlace(graph: Graph, lastUse: ReadonlyMap<string, number>, aliases: Map<string, Slice>): void {
  const nodes = nodesByName(graph);
  for (const [step, node] of graph.nodes.entries()) {
    const input = nodes.get(node.inputs[0] ?? '');
    if (!IN_PLACE.has(node.kind) || input === undefined || input.kind === 'input' || aliases.has(node.name)) continue;
    // A part of a concat has its pixels apart from each other.
    const isWhole = rootOf(input.name, aliases).channel === 0 && input.shape.join() === node.shape.join();
    const isOwn = channelsOf(nodes.get(rootOf(input.name, aliases).of) as Node) === channelsOf(node);
    if (isWhole && isOwn && lastUse.get(input.name) === step) aliases.set(node.name, { of: input.name, channel: 0 });
  }
}

function lastUses(graph: Graph): ReadonlyMap<string, number> {
  const last = new Map(graph.nodes.map(({ name }, step) => [name, step]));
  for (const [step, { inputs }] of graph.nodes.entries()) for (const name of inputs) last.set(name, step);
  for (const name of Object.values(graph.outputs)) last.set(name, graph.nodes.length);
  return last;
}

/**
 * Plans one memory for all values of a graph, for runtimes that compile: values that do not live at the same time share space, elementwise ops
 * work in place, and what only a concat reads is written into its slice of the concat, which then has nothing left to copy.
 *
 * Inputs live from the start, so that they can be written before a run; outputs live to the end.
 *
 * @param graph with every shape known; see `withInputShape`.
 * @throws ShapeError when a shape is open.
 */
export function planBuffers(graph: Graph, options: BufferOptions = {}): BufferPlan {
  const { alignment = 16, canWriteSlices = ({ kind }) => kind !== 'custom' } = options;
  const lastUse = lastUses(graph);
  const aliases = new Map(concatSlices(graph, canWriteSlices));
  addInPlace(graph, lastUse, aliases);
  const blocks = new Map<string, Block>();
  const nodes = nodesByName(graph);
  for (const [step, { name, kind, shape }] of graph.nodes.entries()) {
    if (shape.includes(null))
      throw new ShapeError(`"${name}" has an open size`, { hint: 'fix it with `withInputShape` before' });
    const root = rootOf(name, aliases).of;
    const elements = sizeOf(nodes.get(root)?.shape as readonly number[]);
    const known = blocks.get(root);
    blocks.set(root, {
      size: Math.ceil(elements / alignment) * alignment,
      from: known?.from ?? (kind === 'input' ? 0 : step),
      to: Math.max(known?.to ?? 0, lastUse.get(name) ?? step),
    });
  }
  const all = [...blocks.values()];
  const placed = placeBlocks(all);
  const offsets = new Map([...blocks.keys()].map((name, i) => [name, placed[i] as number]));
  const placements = graph.nodes.map(({ name }): [string, BufferPlacement] => {
    const { of, channel } = rootOf(name, aliases);
    return [name, { offset: (offsets.get(of) ?? 0) + channel, pixelStride: channelsOf(nodes.get(of) as Node) }];
  });
  return {
    size: Math.max(0, ...all.map(({ size }, i) => (placed[i] as number) + size)),
    placements: new Map(placements),
  };
}
