import {
  analyze,
  fusedKinds,
  optimize,
  parametersOf,
  sizeOf,
  withInputShape,
  type Graph,
  type GraphAnalysis,
  type OpDefinition,
  type Weights,
} from '@atrous/core';
import { formatCount, formatPercent } from '../format.ts';
import { formatTable } from '../table.ts';

/** Operations and multiply-adds of a graph, or of the operations of one kind. */
export interface Work {
  readonly operations: number;
  readonly multiplyAdds: number;
}

/** What `optimize` makes of a network at one input size, for a runtime that can do everything. */
export interface OptimizationDescription {
  readonly before: Work;
  readonly after: Work;
  /** In the order in which the kinds appear. */
  readonly kinds: readonly { readonly kind: string; readonly before: Work; readonly after: Work }[];
}

/** Counts do not hang on values: all weights are parts of one array of zeros. */
function zeroWeights(graph: Graph): Weights {
  const params = [...parametersOf(graph).values()];
  const zeros = new Float32Array(Math.max(0, ...params.map(({ shape }) => sizeOf(shape))));
  return new Map(params.map(({ name, shape }) => [name, { shape, data: zeros.subarray(0, sizeOf(shape)) }]));
}

function workOf({ nodes }: GraphAnalysis, kind?: string): Work {
  const counted = nodes.filter(({ node }) => node.kind !== 'input' && (kind === undefined || node.kind === kind));
  const multiplyAdds = counted.reduce((sum, node) => sum + node.multiplyAdds, 0);
  return { operations: counted.length, multiplyAdds };
}

/**
 * Counts what a network computes before and after `optimize`.
 *
 * @param inputShape `[n, h, w, c]`, all known.
 */
export function describeOptimization(
  graph: Graph,
  inputShape: readonly number[],
  ops: readonly OpDefinition[],
): OptimizationDescription {
  const sized = withInputShape(graph, inputShape, { ops });
  const optimized = optimize(sized, zeroWeights(sized), { target: ['broadcastAdd', ...fusedKinds], ops });
  const before = analyze(sized, inputShape, { ops });
  const after = analyze(optimized.graph, inputShape, { ops });
  const kinds = new Set([...before.nodes, ...after.nodes].map(({ node }) => node.kind));
  kinds.delete('input');
  return {
    before: workOf(before),
    after: workOf(after),
    kinds: [...kinds].map((kind) => ({ kind, before: workOf(before, kind), after: workOf(after, kind) })),
  };
}

const COLUMNS = [
  { title: 'kind' },
  { title: 'operations', numeric: true },
  { title: 'optimized', numeric: true },
  { title: 'multiply-adds', numeric: true },
  { title: 'optimized', numeric: true },
];

const countOrBlank = (count: number): string => (count === 0 ? '' : formatCount(count));

/** The table a person reads. */
export function formatOptimization({ before, after, kinds }: OptimizationDescription): string {
  const row = (title: string, from: Work, to: Work): readonly string[] => [
    title,
    ...[from.operations, to.operations, from.multiplyAdds, to.multiplyAdds].map(countOrBlank),
  ];
  const saved = 1 - after.multiplyAdds / before.multiplyAdds;
  return [
    formatTable(COLUMNS, [...kinds.map((each) => row(each.kind, each.before, each.after)), row('all', before, after)]),
    '',
    `optimized      ${formatCount(after.multiplyAdds)} multiply-adds (${(after.multiplyAdds / 1e9).toFixed(2)} G), ${formatPercent(saved)} fewer`,
  ].join('\n');
}
