import type { SegmentCrfOptions } from '@atrous/segmenter';
import { Option, type Command } from 'commander';
import { UsageError } from '../errors.ts';
import { parseSetting, type Settings } from '../parse-setting.ts';

/** Flags of commands that can put labels through the dense CRF. */
export interface CrfFlags {
  /** A preset, or the default one. */
  readonly crf?: string | true;
  readonly crfSet?: Settings;
}

/** Explains the flags below, for the commands' help. */
export const CRF_HELP = `--crf draws labels to the edges of the photo with a fully connected CRF, as DeepLab v1 and v2 do. PRESET is deeplab-v2 (the default),
deeplab-v1 or pydensecrf-example; --crf-set replaces bilateralXyStd, bilateralRgbStd, bilateralWeight, gaussianXyStd, gaussianWeight,
iterations, normalization, tolerance or stopBelow of it. \`atrous crf-tune\` finds values for a network.`;

/** Adds `--crf` and `--crf-set`. */
export const addCrfFlags = (command: Command): Command =>
  command
    .option('--crf [preset]', 'sharpen edges with the dense CRF: deeplab-v1, deeplab-v2 …')
    .addOption(
      new Option('--crf-set <key=value>', 'replace a parameter of --crf, bilateralXyStd=80 (repeatable)').argParser(
        parseSetting,
      ),
    );

/**
 * The CRF that flags ask for, with all that is not left to its preset.
 *
 * @throws UsageError for a preset or a parameter that does not exist, a value out of range, and parameters without a CRF.
 */
export async function crfOf({ crf, crfSet }: CrfFlags): Promise<SegmentCrfOptions | undefined> {
  if (crf === undefined) {
    if (crfSet === undefined) return undefined;
    throw new UsageError('--crf-set replaces parameters of --crf, and it is not given', 'add --crf');
  }
  const { parseCrf } = await import('./parse-crf.ts');
  return parseCrf(crf === true ? 'deeplab-v2' : crf, crfSet ?? {});
}
