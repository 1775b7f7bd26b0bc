import { graphToJson, type Json } from '@atrous/core';
import { writeSafetensors } from '../formats/write-safetensors.ts';
import type { Bundle, BundleManifest } from './bundle.ts';
import { MANIFEST_FILE } from './load-bundle.ts';
import { sha256 } from './sha256.ts';
import { storeAs, type EncodeBundleOptions } from './weights-dtype.ts';

/** Name that written bundles give their weights. */
export const WEIGHTS_FILE = 'weights.safetensors';

/**
 * The two files of a bundle by name, ready to be written, uploaded or offered as downloads.
 *
 * @throws UnsupportedError where hashes cannot be computed: on pages that are not served securely.
 */
export async function encodeBundle(
  bundle: Bundle,
  { dtype = 'float32' }: EncodeBundleOptions = {},
): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const weights = writeSafetensors(storeAs(bundle.weights, dtype));
  const manifest: BundleManifest = {
    ...bundle.manifest,
    labels: bundle.labels,
    preprocessing: bundle.preprocessing,
    weights: { file: WEIGHTS_FILE, bytes: weights.length, sha256: await sha256(weights) },
    graph: JSON.parse(graphToJson(bundle.graph)) as Json,
  };
  const text = new TextEncoder().encode(`${JSON.stringify(manifest, null, 1)}\n`);
  return new Map([
    [MANIFEST_FILE, text],
    [WEIGHTS_FILE, weights],
  ]);
}
