import type { SegmentCrfOptions } from '@atrous/segmenter';
import { Option, type Command } from 'commander';
import { UsageError } from '../errors.ts';
import { parseWhole } from '../parse-number.ts';
import { parseSetting, type Settings } from '../parse-setting.ts';

/** Flags of commands that can put labels through the dense CRF. */
export interface CrfFlags {
  /** A preset, or the default one. */
  readonly crf?: string | true;
  readonly crfSet?: Settings;
  readonly crfThreads?: number;
}

/** Explains the flags below, for the commands' help. */
export const CRF_HELP = `--crf draws labels to the edges of the photo with a fully connected CRF, as DeepLab v1 and v2 do. PRESET is deeplab-v2 (the default),
deeplab-v1 or pydensecrf-example; --crf-set replaces bilateralXyStd, bilateralRgbStd, bilateralWeight, gaussianXyStd, gaussianWeight,
iterations, normalization, tolerance or stopBelow of it. \`atrous crf-tune\` finds values for a network. --crf-threads says how
many threads share its work; else as many as there are cores, up to four, where that is faster.`;

const MOST_THREADS = 16;

/** Adds `--crf-threads`. */
export const addCrfThreads = (command: Command): Command =>
  command.addOption(
    new Option('--crf-threads <n>', `threads of the dense CRF, 1 to ${MOST_THREADS}`).argParser(
      parseWhole(1, MOST_THREADS),
    ),
  );

/** Adds `--crf`, `--crf-set` and `--crf-threads`. */
export const addCrfFlags = (command: Command): Command =>
  addCrfThreads(
    command
      .option('--crf [preset]', 'sharpen edges with the dense CRF: deeplab-v1, deeplab-v2 …')
      .addOption(
        new Option('--crf-set <key=value>', 'replace a parameter of --crf, bilateralXyStd=80 (repeatable)').argParser(
          parseSetting,
        ),
      ),
  );

/**
 * The CRF that flags ask for, with all that is not left to its preset.
 *
 * @throws UsageError for a preset or a parameter that does not exist, a value out of range, and parameters without a CRF.
 */
export async function crfOf({ crf, crfSet, crfThreads }: CrfFlags): Promise<SegmentCrfOptions | undefined> {
  if (crf === undefined) {
    if (crfSet !== undefined)
      throw new UsageError('--crf-set replaces parameters of --crf, and it is not given', 'add --crf');
    if (crfThreads !== undefined)
      throw new UsageError('--crf-threads are those of --crf, and it is not given', 'add --crf');
    return undefined;
  }
  const { parseCrf } = await import('./parse-crf.ts');
  return parseCrf(crf === true ? 'deeplab-v2' : crf, crfSet ?? {});
}
