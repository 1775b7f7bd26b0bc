import { inputsOf, nodesByName, ShapeError, withInputShape } from '@atrous/core';
import type { Graph, Node, Pair, RebuildOptions } from '@atrous/core';
import { traceOf, type PathMap } from './trace-back.ts';

/** Options of {@link fieldOfUnit}. */
export interface FieldOfUnitOptions extends RebuildOptions {
  /** `[n, h, w, c]`, all known. */
  readonly inputShape: readonly number[];
  /** The layer that the unit belongs to. */
  readonly layer: string;
  /** Row and column of the unit. Default: the middle of the map. */
  readonly at?: Pair | undefined;
  /** The layer whose units are counted. Default: the image. */
  readonly seen?: string | undefined;
  /** Whether means over the whole map count, through which a unit sees everything. Default false. */
  readonly imagePooling?: boolean | undefined;
}

/** What one unit really sees of an earlier map. */
export interface FieldOfUnit {
  /** Row and column of the unit. */
  readonly at: Pair;
  /** Height and width of the map that is seen. */
  readonly size: Pair;
  /**
   * For each position of that map, row by row: along how many paths through taps it reaches the unit. Zeros are holes.
   * Channels are not counted. Whole numbers, exact up to 2⁵³ and rounded to 53 bits beyond.
   */
  readonly paths: Float64Array;
  /** The smallest box that holds everything seen: first row, first column, height, width. All 0 when nothing is. */
  readonly box: { readonly top: number; readonly left: number; readonly height: number; readonly width: number };
  /** Share of the box that is seen at all, 0–1; below 1 there are holes. */
  readonly coverage: number;
  /** Share of the box that carries half of all paths, heaviest positions first: small where the middle counts most. */
  readonly effectiveShare: number;
  /**
   * Side of the square of as many positions as carry 4.55 % of the heaviest position's paths or more: the size of the effective
   * receptive field of Luo et al. 2016, "Understanding the Effective Receptive Field in Deep Convolutional Neural Networks"
   * (arXiv:1701.04128), with every weight equal. 0 when nothing is seen.
   */
  readonly effectiveSide: number;
}

/** Part of the centre's influence from which a position counts: two standard deviations of a Gaussian hold all but this. */
const LEAST_INFLUENCE = 1 - 0.9545;

function sizeOfMap(node: Node): Pair {
  const [, height, width] = node.shape;
  return [height ?? 0, width ?? 0];
}

function find(nodes: ReadonlyMap<string, Node>, name: string): Node {
  const node = nodes.get(name);
  if (node === undefined) throw new ShapeError(`the network has no layer "${name}"`, { code: 'UNKNOWN_LAYER' });
  return node;
}

function boxOf({ size, paths }: PathMap): FieldOfUnit['box'] {
  const width = size[1];
  const seen = [...paths.keys()].filter((i) => (paths[i] ?? 0) > 0);
  if (seen.length === 0) return { top: 0, left: 0, height: 0, width: 0 };
  let [left, right] = [Infinity, 0];
  for (const i of seen) {
    left = Math.min(left, i % width);
    right = Math.max(right, i % width);
  }
  const top = Math.floor((seen[0] ?? 0) / width);
  return { top, left, height: Math.floor((seen.at(-1) ?? 0) / width) - top + 1, width: right - left + 1 };
}

/** How many of the heaviest positions it takes to hold half of all paths. */
function heaviestHalf(paths: Float64Array): number {
  const sorted = paths.toSorted().toReversed();
  const half = sorted.reduce((sum, count) => sum + count, 0) / 2;
  let sum = 0;
  return half === 0 ? 0 : 1 + sorted.findIndex((count) => (sum += count) >= half);
}

function effectiveSide(paths: Float64Array): number {
  const least = LEAST_INFLUENCE * paths.reduce((max, count) => Math.max(max, count), 0);
  return Math.sqrt(paths.reduce((count, some) => count + (some > 0 && some >= least ? 1 : 0), 0));
}

function walkBack(nodes: readonly Node[], start: PathMap, layer: string, seen: string, imagePooling: boolean): PathMap {
  const known = new Map(nodes.map((node) => [node.name, node]));
  const maps = new Map([[layer, start]]);
  for (const node of nodes.toReversed()) {
    const from = maps.get(node.name);
    if (from === undefined) continue;
    if (node.name === seen) return from;
    node.inputs.forEach((input, i) => {
      const size = sizeOfMap(find(known, input));
      const to = maps.get(input) ?? { size, paths: new Float64Array(size[0] * size[1]) };
      maps.set(input, to);
      traceOf(node, i, imagePooling)(from, to);
    });
    maps.delete(node.name);
  }
  const size = sizeOfMap(find(known, seen));
  return { size, paths: new Float64Array(size[0] * size[1]) };
}

/**
 * Finds which positions of the image, or of an earlier map, one unit of a layer really sees, by walking the network backwards.
 *
 * Stacked atrous convolutions whose rates share a factor leave holes ("gridding"): neighbouring units read disjoint inputs.
 *
 * @throws ShapeError when the network has no such layer, or the layer no such unit.
 * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §3.2, arXiv:1702.08502
 */
export function fieldOfUnit(graph: Graph, options: FieldOfUnitOptions): FieldOfUnit {
  const placed = withInputShape(graph, options.inputShape, options);
  const nodes = nodesByName(placed);
  const size = sizeOfMap(find(nodes, options.layer));
  const [row, column] = options.at ?? [Math.floor(size[0] / 2), Math.floor(size[1] / 2)];
  if (!(row >= 0 && row < size[0] && column >= 0 && column < size[1]))
    throw new ShapeError(`"${options.layer}" has ${size.join(' × ')} units, none at ${row}, ${column}`);
  const start = { size, paths: new Float64Array(size[0] * size[1]) };
  start.paths[row * size[1] + column] = 1;
  const seen = find(nodes, options.seen ?? inputsOf(placed)[0]?.name ?? '').name;
  const map = walkBack(placed.nodes, start, options.layer, seen, options.imagePooling ?? false);
  const box = boxOf(map);
  const area = Math.max(box.height * box.width, 1);
  const covered = map.paths.reduce((count, paths) => count + (paths > 0 ? 1 : 0), 0);
  return {
    at: [row, column],
    ...map,
    box,
    coverage: covered / area,
    effectiveShare: heaviestHalf(map.paths) / area,
    effectiveSide: effectiveSide(map.paths),
  };
}
