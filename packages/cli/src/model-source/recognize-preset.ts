import { WeightsError, type Plugin } from '@atrous/core';
import { presets } from '@atrous/models';
import { nameMaps, recognizeNetwork, type Checkpoint, type NameMap, type RecognizedNetwork } from '@atrous/weights';
import { unknownName } from '../errors.ts';
import type { Settings } from '../parse-setting.ts';
import { buildNetwork, type Network } from './networks.ts';

/**
 * Name maps to try: the one asked for, or all for `auto`.
 *
 * @throws UsageError when none has that name.
 */
export function nameMapsCalled(typed: string): readonly NameMap[] {
  const found = typed === 'auto' ? nameMaps : nameMaps.filter(({ name }) => name === typed);
  if (found.length === 0) throw unknownName('name map', typed, ['auto', ...nameMaps.map(({ name }) => name)]);
  return found;
}

/** Options of {@link recognizePreset}. */
export interface RecognizeOptions {
  readonly maps: readonly NameMap[];
  readonly plugins: readonly Plugin[];
  /** Replace options of every preset, for example `numClasses`. */
  readonly settings: Settings;
}

/**
 * Finds the preset whose network a checkpoint holds.
 *
 * @throws WeightsError when there is none, with what to type next.
 */
export function recognizePreset(
  checkpoint: Checkpoint,
  { maps, plugins, settings }: RecognizeOptions,
): RecognizedNetwork<Network> {
  const networks = presets.map((preset) => buildNetwork(preset, plugins, settings));
  try {
    return recognizeNetwork(networks, checkpoint, maps);
  } catch (cause) {
    if (!(cause instanceof WeightsError) || cause.code !== 'NETWORK_UNKNOWN') throw cause;
    throw new WeightsError(cause.message, {
      code: cause.code,
      hint: 'atrous models lists them; another number of classes needs --set numClasses=N, another network --model config.json',
      cause,
    });
  }
}
