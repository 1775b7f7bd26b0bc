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
    case 'resizeArgMax':
    case 'interpolateTaps':
    case 'depthToSpace':
    case 'custom':
      return 'otherMap';
    default:
      return 0;
  }
}

/** Runs on the way to a node. */
interface Runs {
  readonly reaching: ReadonlySet<Run>;
  /** Those whose gaps were filled: where a shortcut brings one past the layer that filled them, their sum has no gaps either. */
  readonly filled: ReadonlySet<Run>;
}

const shares = (run: Run, factor: number): boolean => commonFactor([run.factor, factor]) > 1;

function extend(runs: Iterable<Run>, layer: string, factor: number): Run {
  let longest: Run = { layers: [layer], factor };
  for (const run of runs)
    if (shares(run, factor) && run.layers.length >= longest.layers.length)
      longest = { layers: [...run.layers, layer], factor: commonFactor([run.factor, factor]) };
  return longest;
}

function merge(inputs: readonly Runs[]): Runs {
  const filled = new Set(inputs.flatMap((input) => [...input.filled]));
  const reaching = inputs.flatMap((input) => [...input.reaching]).filter((run) => !filled.has(run));
  return { reaching: new Set(reaching), filled };
}

function openRuns(nodes: readonly Node[]): readonly Run[] {
  const runsAt = new Map<string, Runs>();
  const open = new Set<Run>();
  for (const node of nodes) {
    const { reaching, filled } = merge(node.inputs.flatMap((input) => runsAt.get(input) ?? []));
    const reach = reachOf(node);
    if (reach === 0) runsAt.set(node.name, { reaching, filled });
    if (reach === 0 || reach === 'otherMap') continue;
    for (const run of reaching) open.delete(run);
    const filledNow = [...reaching].filter((run) => !shares(run, reach));
    const extended = reach === 1 ? [] : [extend(reaching, node.name, reach)];
    for (const run of extended) open.add(run);
    runsAt.set(node.name, { reaching: new Set(extended), filled: new Set([...filled, ...filledNow]) });
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
