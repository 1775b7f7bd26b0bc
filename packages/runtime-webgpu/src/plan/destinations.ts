import { concatSlices, nodesByName, type Graph, type Node } from '@atrous/core';
import type { PlanBuilder } from './plan-builder.ts';
import { BLOCK, type MapShape, type MapValue } from './value.ts';

/** Whether a map's blocks are those of the concatenation. */
const isWhole = ({ shape }: Node, channel: number): boolean => channel % BLOCK === 0 && shape[3]! % BLOCK === 0;

/**
 * Decides where results are written: what only a concatenation reads goes to its place there, so that nothing is left to copy.
 *
 * @returns the map for a node's result, the same whenever it is asked for.
 */
export function createDestinations(graph: Graph, plan: PlanBuilder): (node: Node) => MapValue {
  const nodes = nodesByName(graph);
  const slices = concatSlices(graph, isWhole);
  const maps = new Map<string, MapValue>();
  const mapFor = (node: Node): MapValue => {
    const known = maps.get(node.name);
    if (known) return known;
    const shape = node.shape as MapShape;
    const slice = slices.get(node.name);
    const whole = slice && mapFor(nodes.get(slice.of)!);
    const map = whole ? { ...whole, shape, first: whole.first + slice.channel / BLOCK } : plan.map(shape);
    maps.set(node.name, map);
    return map;
  };
  return mapFor;
}
