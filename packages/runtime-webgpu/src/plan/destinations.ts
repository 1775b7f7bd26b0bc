import { countReaders, nodesByName, type Graph, type Node } from '@atrous/core';
import type { PlanBuilder } from './plan-builder.ts';
import { BLOCK, type MapShape, type MapValue } from './value.ts';

/** Some channels of a concatenation. */
interface Place {
  readonly concat: Node;
  readonly channel: number;
}

/** Where nodes are written that only a concatenation reads, and that begin with one of its blocks. */
function placesOf(graph: Graph): ReadonlyMap<string, Place> {
  const nodes = nodesByName(graph);
  const readers = countReaders(graph);
  const places = new Map<string, Place>();
  for (const concat of graph.nodes) {
    if (concat.kind !== 'concat') continue;
    let channel = 0;
    for (const name of concat.inputs) {
      const channels = nodes.get(name)!.shape[3]!;
      const isWhole = channels % BLOCK === 0 || channel + channels === concat.shape[3];
      if (readers.get(name) === 1 && channel % BLOCK === 0 && isWhole) places.set(name, { concat, channel });
      channel += channels;
    }
  }
  return places;
}

/**
 * Decides where results are written: what only a concatenation reads goes to its place there, so that nothing is left to copy.
 *
 * @returns the map for a node's result, the same whenever it is asked for.
 */
export function createDestinations(graph: Graph, plan: PlanBuilder): (node: Node) => MapValue {
  const places = placesOf(graph);
  const maps = new Map<string, MapValue>();
  const mapFor = (node: Node): MapValue => {
    const known = maps.get(node.name);
    if (known) return known;
    const shape = node.shape as MapShape;
    const place = places.get(node.name);
    const whole = place && mapFor(place.concat);
    const map = whole ? { ...whole, shape, first: whole.first + place.channel / BLOCK } : plan.map(shape);
    maps.set(node.name, map);
    return map;
  };
  return mapFor;
}
