import { Option, type Command } from 'commander';
import { parseSetting, type Settings } from '../parse-setting.ts';

/** Flags of every command that needs a network with weights. */
export interface ModelSourceFlags {
  readonly bundle?: string;
  readonly checkpoint?: string;
  readonly model: string;
  readonly set: Settings;
  readonly nameMap: string;
  readonly labels?: string;
}

/** Adds the flags that say how a checkpoint is to be read. */
export const addImportFlags = (command: Command): Command =>
  command
    .option('--model <name>', 'for a checkpoint: preset of `atrous models`, or a config.json', 'auto')
    .addOption(
      new Option('--set <key=value>', 'replace an option of the network, for example numClasses=2 (repeatable)')
        .argParser(parseSetting)
        .default({}, 'none'),
    )
    .option('--name-map <name>', 'for a checkpoint: how its tensors are called', 'auto')
    .option('--labels <name>', 'for a checkpoint: label map, or a labels.json (default: as the preset says)');

/** Adds `--bundle`, and the flags that build a bundle from a checkpoint in memory instead. */
export const addModelSource = (command: Command): Command =>
  addImportFlags(
    command
      .option('--bundle <dir>', 'folder made by `atrous convert`')
      .option('--checkpoint <path>', 'weights file or folder of .npy files, instead of a bundle'),
  );
