import { countReaders } from './count-readers.ts';
import { nodesByName } from './graph.ts';
import type { Graph, Node, NodeOf } from './ops.ts';

/** Ops whose kernels add another map before the activation. */
type Producer = NodeOf<'conv2d'> | NodeOf<'interpolateTaps'>;

/** A sum that the op before it computes on the way. */
export interface FusedSum {
  readonly sum: NodeOf<'add'>;
  /** The other operand, which is computed earlier. */
  readonly other: string;
}

const isProducer = (node: Node | undefined): node is Producer =>
  (node?.kind === 'conv2d' || node?.kind === 'interpolateTaps') && node.attrs.activation === 'linear';

/**
 * Sums of two maps of one shape that the convolution behind one of them can compute on the way: for runtimes whose kernels add another map
 * before the activation.
 *
 * @returns by the name of the op that adds the other map.
 */
export function sumsToFuse(graph: Graph): ReadonlyMap<string, FusedSum> {
  const nodes = nodesByName(graph);
  const readers = countReaders(graph);
  const order = new Map(graph.nodes.map(({ name }, i) => [name, i]));
  const fused = new Map<string, FusedSum>();
  for (const sum of graph.nodes) {
    if (sum.kind !== 'add' || sum.inputs.length !== 2) continue;
    const [other = '', last = ''] = sum.inputs.toSorted((a, b) => order.get(a)! - order.get(b)!);
    const producer = nodes.get(last);
    const isAlike = nodes.get(other)?.shape.join() === producer?.shape.join();
    if (isAlike && isProducer(producer) && readers.get(last) === 1) fused.set(last, { sum, other });
  }
  return fused;
}
