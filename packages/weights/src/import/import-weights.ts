import {
  checkWeights,
  sizeOf,
  WeightsError,
  type Graph,
  type Node,
  type Param,
  type Tensor,
  type Weights,
} from '@atrous/core';
import type { NameMap } from '../name-map.ts';
import type { Checkpoint, StoredTensor } from '../stored-tensor.ts';
import type { ImportMatch, ImportMiss, ImportReport, ImportReshape } from './import-report.ts';
import { sourceLayout, transpose } from './layout.ts';
import { parametersWithNodes } from './parameters-with-nodes.ts';
import { toFloat32 } from './to-float32.ts';

const withoutOnes = (shape: readonly number[]): string => shape.filter((extent) => extent !== 1).join();

/** Whether two shapes hold the same numbers in the same order: equal but for extents of 1. */
export const sameButForOnes = (a: readonly number[], b: readonly number[]): boolean =>
  withoutOnes(a) === withoutOnes(b);

function convert(source: string, stored: StoredTensor, param: Param, node: Node, nameMap: NameMap): Tensor {
  const { shape, order } = sourceLayout(param, node, nameMap.layout);
  if (!sameButForOnes(stored.shape, shape) || stored.data.length !== sizeOf(shape))
    throw new WeightsError(
      `"${source}" is [${stored.shape.join(', ')}], "${param.name}" needs [${shape.join(', ')}] in ${nameMap.layout} layout`,
      { code: 'WEIGHT_SHAPE', hint: 'check the width, the number of classes and the name map of the network' },
    );
  const data = toFloat32(source, stored);
  return { shape: param.shape, data: order ? transpose(data, shape, order) : data };
}

function checkComplete({ missing, matched }: ImportReport, { name }: NameMap): void {
  const [first] = missing;
  if (first === undefined) return;
  const tried = first.tried.length > 0 ? first.tried.join(', ') : 'nothing: the name map does not know it';
  throw new WeightsError(
    `${missing.length} of ${missing.length + matched.length} parameters are not in the checkpoint by the names of "${name}", the first is "${first.param}" (looked for ${tried})`,
    { code: 'WEIGHT_MISSING', hint: 'import with `partial: true` and print the report to see all of them' },
  );
}

/**
 * Takes a network's weights out of a checkpoint: finds each tensor by the map's names, brings it to `[kh, kw, in, out]` and to float32.
 *
 * @param options.partial return what was found when parameters are missing. Default false.
 * @throws WeightsError when a tensor has another shape, holds a value that is not finite, or (unless `partial`) is missing.
 * @throws UnsupportedError when a tensor holds integers.
 */
export function importWeights(
  graph: Graph,
  checkpoint: Checkpoint,
  nameMap: NameMap,
  { partial = false }: { readonly partial?: boolean } = {},
): { readonly weights: Weights; readonly report: ImportReport } {
  const weights = new Map<string, Tensor>();
  const matched: ImportMatch[] = [];
  const missing: ImportMiss[] = [];
  const reshaped: ImportReshape[] = [];
  const unused = new Set(checkpoint.tensors.keys());
  for (const [param, node] of parametersWithNodes(graph)) {
    const tried = nameMap.sourcesOf(param, node);
    const source = tried.find((name) => checkpoint.tensors.has(name));
    const stored = source === undefined ? undefined : checkpoint.tensors.get(source);
    if (source === undefined || stored === undefined) {
      missing.push({ param: param.name, shape: param.shape, tried });
      continue;
    }
    weights.set(param.name, convert(source, stored, param, node, nameMap));
    matched.push({ param: param.name, source });
    unused.delete(source);
    const { shape: to } = sourceLayout(param, node, nameMap.layout);
    if (stored.shape.join() !== to.join()) reshaped.push({ param: param.name, source, from: stored.shape, to });
  }
  const unexpected = [...unused].filter((name) => !nameMap.ignores?.(name));
  const report = { matched, missing, unexpected, reshaped };
  if (!partial) {
    checkComplete(report, nameMap);
    checkWeights(graph, weights);
  }
  return { weights, report };
}
