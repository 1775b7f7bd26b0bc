import { UnsupportedError, type Node, type OpKind } from '@atrous/core';
import { isFlat, type Gradient, type Wanted } from './gradient.ts';
import { gradients } from './gradients.ts';
import type { ForwardOptions } from './trainable-network.ts';

/** What the way back will ask for. */
export interface BackwardPlan {
  /** By name, the nodes that gradients go through. */
  readonly wanted: ReadonlyMap<string, Wanted>;
  /** Names of nodes whose values the gradients read. */
  readonly read: ReadonlySet<string>;
  /** Names of nodes whose values stay until then. The others are computed again from them. */
  readonly kept: ReadonlySet<string>;
}

const STATISTICS: ReadonlySet<string> = new Set(['movingMean', 'movingVariance']);

function wantedOf(node: Node, wanted: ReadonlyMap<string, Wanted>, options: ForwardOptions): Wanted | undefined {
  const { trainable, batchStatistics } = options;
  const roles = Object.entries(node.params).filter(([role, { name }]) => trainable?.has(name) && !STATISTICS.has(role));
  const inputs = node.inputs.map((name) => wanted.has(name));
  const isAsked = node.kind === 'input' && trainable?.has(node.name);
  if (!(isAsked || roles.length > 0 || inputs.includes(true))) return undefined;
  if (node.kind === 'interpolateTaps')
    throw new UnsupportedError(`"${node.name}" was written by \`optimize\`, whose networks are for inference`, {
      hint: 'train the network as it was built',
    });
  if (isFlat(node)) return undefined;
  return {
    attrs: node.attrs,
    inputs,
    params: new Set(roles.map(([role]) => role)),
    ofBatch: batchStatistics?.has(node.name) ?? false,
  };
}

function readsOf(node: Node, wanted: Wanted): readonly string[] {
  if (node.kind === 'input' || isFlat(node)) return [];
  if (node.kind === 'custom') return node.inputs;
  const gradient = gradients[node.kind] as Gradient<OpKind>;
  return gradient.reads(wanted).map((read) => (read === 'output' ? node.name : (node.inputs[read] as string)));
}

/** The values to start from, so that everything that is read can be computed again. */
function keptFor(nodes: readonly Node[], read: ReadonlySet<string>, keep: ReadonlySet<string>): ReadonlySet<string> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const seen = new Set<string>();
  const kept = new Set<string>();
  const reach = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const node = byName.get(name) as Node;
    if (node.kind === 'input' || keep.has(name)) kept.add(name);
    else node.inputs.forEach(reach);
  };
  read.forEach(reach);
  return kept;
}

/** Works out what a run has to keep so that the gradients asked for, and nothing more, can be computed. */
export function planBackward(nodes: readonly Node[], options: ForwardOptions): BackwardPlan {
  const wanted = new Map<string, Wanted>();
  const read = new Set<string>();
  for (const node of nodes) {
    const own = wantedOf(node, wanted, options);
    if (own === undefined) continue;
    wanted.set(node.name, own);
    for (const name of readsOf(node, own)) read.add(name);
  }
  return { wanted, read, kept: options.keep === undefined ? read : keptFor(nodes, read, options.keep) };
}
