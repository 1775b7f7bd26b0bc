import { WeightsError } from '@atrous/core';
import { labelMaps } from '@atrous/data';
import { buildModel, presets } from '@atrous/models';
import { createBundle, nameMaps, recognizeNetwork, type Bundle } from '@atrous/weights';
import type { NamedCheckpoint } from './read-checkpoint-files.ts';

/**
 * Makes a bundle of a checkpoint, as the published network whose every parameter is in it.
 *
 * @throws WeightsError naming the nearest network when none is.
 */
export function bundleFromCheckpoint({ name: source, checkpoint }: NamedCheckpoint): Bundle {
  const networks = presets.map((preset) => ({ ...preset, graph: buildModel(preset.model) }));
  const { network, weights } = tellNextStep(() => recognizeNetwork(networks, checkpoint, nameMaps));
  const { labels, license, ...rest } = network;
  return createBundle({
    ...rest,
    weights,
    labels: labelMaps.find((map) => map.name === labels) as (typeof labelMaps)[number],
    provenance: { source, license },
  });
}

/** Whoever chose the files needs another next step than who writes a program. */
function tellNextStep<T>(recognize: () => T): T {
  try {
    return recognize();
  } catch (error) {
    if (!(error instanceof WeightsError) || error.code !== 'NETWORK_UNKNOWN') throw error;
    throw new WeightsError(error.message, {
      code: error.code,
      cause: error,
      hint: 'were all files chosen? Describe other networks to `npx atrous convert` with --model, and bring the bundle that it writes',
    });
  }
}
