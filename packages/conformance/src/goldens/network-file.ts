import type { Tensor } from '@atrous/core';
import { generateTensor, type GeneratedTensor } from '@atrous/testing/golden';
import type { NetworkDescription } from '../networks/network-case.ts';

/** Statistics of a full tensor, and how much of it is stored. */
export interface ExpectedOutput {
  /** NCHW, as all tensors of references are. */
  readonly shape: readonly number[];
  readonly mean: number;
  /** Population standard deviation. */
  readonly std: number;
  readonly absmax: number;
  readonly first8: readonly number[];
  readonly tolerance_abs: number;
  readonly stored?: boolean;
  /** The file holds every `subsample`th row and column. */
  readonly subsample?: number;
  readonly samples?: readonly { readonly y: number; readonly x: number; readonly values: readonly number[] }[];
}

/** One input size of a case. */
export interface NetworkRun {
  readonly id: string;
  readonly input: GeneratedTensor & { readonly layout: string };
  /** Holds the stored outputs, beside `case.json`. */
  readonly file: string;
  readonly outputs: Readonly<Record<string, ExpectedOutput>>;
}

/** `networks/<case>/case.json`. */
export interface NetworkFile {
  readonly description: NetworkDescription;
  readonly seedPrefix: string;
  /** Names, shapes and values of the weights: a path from `case.json`. */
  readonly manifest: string;
  readonly runs: readonly NetworkRun[];
}

/** Parses a case file. */
export function parseNetworkFile(json: string): NetworkFile {
  const { runs, ...description } = JSON.parse(json) as NetworkDescription & { runs: readonly NetworkRun[] };
  const { seed_prefix: prefix, manifest } = description;
  return {
    description,
    runs,
    seedPrefix: typeof prefix === 'string' ? prefix : '',
    manifest: typeof manifest === 'string' ? manifest : '',
  };
}

interface ManifestEntry extends Omit<GeneratedTensor, 'offset' | 'scale'> {
  readonly dtype: string;
  readonly offset?: number;
  readonly scale?: number;
  readonly alias_of?: string;
}

/**
 * Generates the weights of a case under the names and in the layout of its source.
 *
 * @param manifest content of the case's manifest.
 * @throws Error when a tensor is neither generated nor an alias of a generated one.
 */
export function generateWeights(manifest: string, seedPrefix: string): ReadonlyMap<string, Tensor> {
  const { tensors } = JSON.parse(manifest) as { tensors: readonly ManifestEntry[] };
  const generated = new Map<string, Tensor>();
  for (const entry of tensors) {
    const { name, offset, scale, alias_of: original } = entry;
    if (entry.dtype !== 'float32') continue;
    if (offset !== undefined && scale !== undefined)
      generated.set(name, generateTensor({ ...entry, offset, scale }, seedPrefix));
    else if (original !== undefined) generated.set(name, generated.get(original) as Tensor);
    else throw new Error(`the manifest does not say how to generate "${name}"`);
  }
  return generated;
}
