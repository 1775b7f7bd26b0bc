import type { Graph, Node } from '@atrous/core';
import { commonFactor } from './common-factor.ts';

/** Layers that follow each other and whose rates share a factor, with nothing after them on the same map to fill the gaps. */
export interface GriddingStack {
  /** Names, in the order of the graph. Branches that share their first layers are one stack. */
  readonly layers: readonly string[];
  /** Along the height, of those layers. */
  readonly atrousRates: readonly number[];
  /** Greatest common factor of the rates: the map falls apart into its square many lattices. */
  readonly factor: number;
}

interface Run {
  readonly layers: readonly string[];
  readonly factor: number;
}

/** What a layer does to the runs that reach it: `0` passes them on, 1 reads neighbours and ends them, more extends those that share it. */
function reachOf(node: Node): number | 'otherMap' {
  switch (node.kind) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      const { kernel, atrousRate, strides } = node.attrs;
      if (strides.some((stride) => stride > 1)) return 'otherMap';
      return commonFactor(atrousRate.filter((_, axis) => (kernel[axis] ?? 1) > 1));
    }
    case 'maxPool':
    case 'avgPool':
      return node.attrs.strides.some((stride) => stride > 1)
        ? 'otherMap'
        : Math.min(Math.max(...node.attrs.kernel) - 1, 1);
    case 'input':
    case 'globalAvgPool':
    case 'adaptiveAvgPool':
    case 'resizeBilinear':
    case 'depthToSpace':
    case 'custom':
      return 'otherMap';
    default:
      return 0;
  }
}

function extend(runs: Iterable<Run>, layer: string, factor: number): Run {
  let longest: Run = { layers: [layer], factor };
  for (const run of runs) {
    const shared = commonFactor([run.factor, factor]);
    if (shared > 1 && run.layers.length >= longest.layers.length)
      longest = { layers: [...run.layers, layer], factor: shared };
  }
  return longest;
}

function openRuns(nodes: readonly Node[]): readonly Run[] {
  const reaching = new Map<string, ReadonlySet<Run>>();
  const open = new Set<Run>();
  for (const node of nodes) {
    const incoming = new Set(node.inputs.flatMap((input) => [...(reaching.get(input) ?? [])]));
    const reach = reachOf(node);
    if (reach === 0) reaching.set(node.name, incoming);
    if (reach === 0 || reach === 'otherMap') continue;
    for (const run of incoming) open.delete(run);
    if (reach === 1) continue;
    const run = extend(incoming, node.name, reach);
    open.add(run);
    reaching.set(node.name, new Set([run]));
  }
  return [...open].filter(({ layers }) => layers.length > 1);
}

/**
 * Finds stacks of atrous convolutions that grid: neighbouring units at their end read disjoint units of the map before them.
 *
 * One spatial layer after them, whose rate has no factor in common with theirs, fills the gaps; so does one of rate 1.
 *
 * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §3.2, arXiv:1702.08502
 * @see Yu et al. 2017, "Dilated Residual Networks", §4, arXiv:1705.09914
 */
export function griddingStacks(graph: Graph): readonly GriddingStack[] {
  const groups = new Map<string, { readonly factor: number; readonly members: Set<string> }>();
  for (const { layers, factor } of openRuns(graph.nodes)) {
    const key = `${factor} ${layers[0] ?? ''}`;
    const group = groups.get(key) ?? { factor, members: new Set() };
    for (const layer of layers) group.members.add(layer);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ factor, members }) => {
    const convs = graph.nodes.flatMap(({ name, attrs }) =>
      'atrousRate' in attrs && members.has(name) ? [[name, attrs.atrousRate[0]] as const] : [],
    );
    return { layers: convs.map(([name]) => name), atrousRates: convs.map(([, rate]) => rate), factor };
  });
}
