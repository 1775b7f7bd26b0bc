import {
  AtrousError,
  graphFromJson,
  parametersOf,
  WeightsError,
  type Graph,
  type LongRunningOptions,
  type OpDefinition,
  type Tensor,
  type Weights,
} from '@atrous/core';
import { readSafetensors } from '../formats/read-safetensors.ts';
import { toFloat32 } from '../import/to-float32.ts';
import type { Bundle, BundleDescription, BundleManifest, WeightsFile } from './bundle.ts';
import { checkBundle } from './check-bundle.ts';
import { parseManifest } from './manifest-schema.ts';
import { sha256 } from './sha256.ts';

/** Most bytes that a `model.json` may have: the graph of the largest network takes a few hundred thousand. */
export const MANIFEST_LIMIT = 64 * 1024 * 1024;

export const MANIFEST_FILE = 'model.json';

/** Options of calls that load a bundle. */
export interface LoadBundleOptions extends LongRunningOptions {
  /** Definitions of the custom ops in the bundle's graph. */
  readonly ops?: readonly OpDefinition[] | undefined;
}

/** Where a bundle's files come from. */
export interface BundleSource {
  /** Address or path of the `model.json`, for messages. */
  readonly where: string;
  manifest(): Promise<Uint8Array<ArrayBuffer>>;
  /** Refuses a file of any other length than announced, before or while it takes memory for it. */
  weights(file: WeightsFile): Promise<Uint8Array<ArrayBuffer>>;
}

function readGraph({ graph }: BundleManifest, where: string, ops: readonly OpDefinition[] | undefined): Graph {
  try {
    return graphFromJson(JSON.stringify(graph), { ops });
  } catch (cause) {
    const reason = cause instanceof AtrousError ? cause : undefined;
    throw new WeightsError(`the graph of ${where} cannot be built: ${reason?.message ?? 'it is damaged'}`, {
      code: 'BUNDLE_GRAPH',
      hint: reason?.hint,
      cause,
    });
  }
}

function readWeights(bytes: Uint8Array, graph: Graph): Weights {
  const { tensors } = readSafetensors(bytes);
  const weights = new Map<string, Tensor>();
  for (const name of parametersOf(graph).keys()) {
    const stored = tensors.get(name);
    if (stored) weights.set(name, { shape: stored.shape, data: toFloat32(name, stored) });
  }
  return weights;
}

async function checkHash(bytes: Uint8Array<ArrayBuffer>, { file, sha256: expected }: WeightsFile): Promise<void> {
  const actual = await sha256(bytes);
  if (actual !== expected)
    throw new WeightsError(`${file} has SHA-256 ${actual}, model.json says ${expected}`, {
      code: 'BUNDLE_HASH',
      hint: 'the file was damaged or replaced: download the bundle again',
    });
}

function describe({ format, version, name, description, model, provenance }: BundleManifest): BundleDescription {
  return {
    format,
    version,
    name,
    ...(description !== undefined && { description }),
    ...(model && { model }),
    provenance,
  };
}

/** Reads and checks a bundle, wherever its files are. */
export async function loadBundle(source: BundleSource, { signal, ops }: LoadBundleOptions): Promise<Bundle> {
  signal?.throwIfAborted();
  const text = new TextDecoder().decode(await source.manifest());
  const content = parseManifest(text, source.where);
  const graph = readGraph(content, source.where, ops);
  const bytes = await source.weights(content.weights);
  signal?.throwIfAborted();
  await checkHash(bytes, content.weights);
  signal?.throwIfAborted();
  const weights = readWeights(bytes, graph);
  const { labels, preprocessing } = content;
  checkBundle(graph, weights, labels);
  return { manifest: describe(content), graph, weights, labels, preprocessing };
}
