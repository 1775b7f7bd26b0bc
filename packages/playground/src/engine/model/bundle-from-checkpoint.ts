import { AtrousError, createRegistry, WeightsError, type Graph } from '@atrous/core';
import { labelMaps } from '@atrous/data';
import { models, presets, type Preset } from '@atrous/models';
import { createBundle, detectNameMap, importWeights, nameMaps, type Bundle, type Checkpoint } from '@atrous/weights';
import type { NamedCheckpoint } from './read-checkpoint-files.ts';

interface Candidate extends ReturnType<typeof importWeights> {
  readonly preset: Preset;
  readonly graph: Graph;
}

/**
 * Makes a bundle of a checkpoint, as the known network whose every parameter is in it.
 *
 * @throws WeightsError naming the nearest network when none is.
 */
export function bundleFromCheckpoint({ name, checkpoint }: NamedCheckpoint): Bundle {
  const candidates = presets.flatMap((preset) => tryPreset(preset, checkpoint));
  const [best] = candidates.toSorted((a, b) => misfit(a) - misfit(b));
  if (!best || best.report.missing.length > 0) throw unknownNetwork(name, checkpoint, best);
  const { preset, graph, weights } = best;
  return createBundle({
    name: preset.name,
    description: preset.description,
    model: preset.model,
    graph,
    weights,
    labels: labelMaps.find((map) => map.name === preset.labels) as (typeof labelMaps)[number],
    preprocessing: preset.preprocessing,
    provenance: { source: name, license: preset.license },
  });
}

/** Missing parameters count most, then tensors that the network has no use for. */
const misfit = ({ report }: Candidate): number => report.missing.length * 1e6 + report.unexpected.length;

function tryPreset(preset: Preset, checkpoint: Checkpoint): readonly Candidate[] {
  const graph = createRegistry(...models)
    .find('model', preset.model.name)
    .fromConfig(preset.model.config);
  try {
    const nameMap = detectNameMap(graph, checkpoint, nameMaps);
    return [{ preset, graph, ...importWeights(graph, checkpoint, nameMap, { partial: true }) }];
  } catch (error) {
    // Another network: its tensors have other names or shapes.
    if (error instanceof AtrousError) return [];
    throw error;
  }
}

function unknownNetwork(name: string, { format, tensors }: Checkpoint, nearest: Candidate | undefined): WeightsError {
  const [missing] = nearest?.report.missing ?? [];
  return new WeightsError(
    `${name} (${format}, ${tensors.size} tensors) fits none of the networks that this page knows`,
    {
      code: 'MODEL_UNKNOWN',
      hint:
        nearest && missing
          ? `nearest is ${nearest.preset.name}, which also needs "${missing.param}" (and ${nearest.report.missing.length - 1} more); were all files chosen?`
          : 'describe the network to `npx atrous convert` with --model and --name-map, and bring the bundle that it writes',
    },
  );
}
