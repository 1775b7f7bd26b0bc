import { existsSync } from 'node:fs';
import type { Graph, Plugin } from '@atrous/core';
import type { Context } from '../context.ts';
import type { ModelSourceFlags } from '../model-source/flags.ts';
import { buildNetwork, findNetwork } from '../model-source/networks.ts';
import { openModel } from '../model-source/open-model.ts';

/** A graph, and what to call it. */
export interface NamedGraph {
  readonly name: string;
  readonly graph: Graph;
}

/**
 * The graph of what a person typed: a bundle or checkpoint where such a path exists, else a network by name.
 *
 * @throws UsageError when there is neither.
 */
export async function openGraph(
  context: Context,
  typed: string,
  flags: ModelSourceFlags,
  plugins: readonly Plugin[],
): Promise<NamedGraph> {
  const isFile = existsSync(context.path(typed)) && !typed.endsWith('.json');
  if (!isFile) return buildNetwork(await findNetwork(context, typed, plugins), plugins, flags.set);
  const { bundle } = await openModel(context, flags, plugins, typed);
  return { name: bundle.manifest.name, graph: bundle.graph };
}
