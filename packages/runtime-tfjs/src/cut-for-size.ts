import { cutConv, type Node, type Pair } from '@atrous/core';
import { keep, slice } from '@tensorflow/tfjs-core';
import type { DeviceTensor } from './kernel.ts';

/** Filters on the device by name, and a place for parts of them. */
export interface FilterParts {
  readonly params: ReadonlyMap<string, DeviceTensor>;
  /** Made once, since backends prepare every filter that they meet anew. Whoever made the map frees them. */
  readonly parts: Map<string, DeviceTensor>;
}

const sizeOf = ({ shape }: Node): Pair => [shape[1] as number, shape[2] as number];

function cut(node: Node, source: Node | undefined, { params, parts }: FilterParts): Node {
  if ((node.kind !== 'conv2d' && node.kind !== 'depthwiseConv2d') || source === undefined) return node;
  const smaller = cutConv(node, sizeOf(source));
  if (smaller === undefined) return node;
  const { role, rows, columns } = smaller;
  const { name, shape } = smaller.node.params[role] as { readonly name: string; readonly shape: readonly number[] };
  if (!parts.has(name)) {
    const filter = params.get(node.params[role]?.name ?? '') as DeviceTensor;
    parts.set(name, keep(slice(filter, [rows[0], columns[0], 0, 0], [...shape])));
  }
  return smaller.node;
}

/** Nodes of known shapes without the taps that only read padding at this size. */
export function cutForSize(nodes: readonly Node[], filters: FilterParts): readonly Node[] {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  return nodes.map((node) => cut(node, byName.get(node.inputs[0] ?? ''), filters));
}
