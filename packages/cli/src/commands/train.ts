import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { formatPercent } from '../format.ts';
import { parseWhole } from '../parse-number.ts';
import { mergeSettings, parseSetting, type Settings } from '../parse-setting.ts';
import { EXAMPLE } from '../train/config/example.ts';
import type { TrainingSummary } from '../train/run-options.ts';
import type { RunFolder } from '../train/run-folder.ts';

interface TrainFlags {
  readonly out?: string;
  readonly resume?: true;
  readonly steps?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly set: Settings;
  readonly backend: string;
  readonly json?: true;
}

const HELP = `
CONFIG says which network learns from which pictures, and how:
${EXAMPLE.replace(/^/gm, '  ').trimEnd()}
Pictures are those of a folder, "camvid:DIR" as for \`atrous evaluate\`, or streets that are made up. docs/guides/training.md lists every option.

The folder of the run (default: runs/NAME) gets log.jsonl, curves.svg and curves.html, which a browser can show while the run goes on,
tensorboard, checkpoints, and the bundles best and last for \`atrous segment\` and \`atrous evaluate\`.
Ctrl-C writes a checkpoint and stops; --resume goes on with the same numbers as if nothing had been.

Examples:
  atrous train street.json
  atrous train street.json --resume
  atrous train street.json --out runs/quick --steps 20 --set schedule.learningRate=0.1`;

/** What flags replace in the configuration. */
function overridesOf({ steps, batch, seed, set }: TrainFlags): Settings {
  return mergeSettings(set, {
    ...(steps !== undefined && { steps }),
    ...(batch !== undefined && { batchSize: batch }),
    ...(seed !== undefined && { seed }),
  });
}

async function printSummary(context: Context, { scores, best }: TrainingSummary, folder: RunFolder, images: number) {
  if (scores !== null) {
    const { formatScores } = await import('../evaluate/format-scores.ts');
    context.print(formatScores(scores, images));
  }
  if (best !== null) context.print(`best mean IoU ${formatPercent(best.meanIou)} at step ${best.step}: ${folder.best}`);
  context.print(`wrote ${folder.last}`);
  context.print(`curves ${folder.page}`);
}

async function train(context: Context, typed: string, flags: TrainFlags): Promise<void> {
  const { readTrainConfig } = await import('../train/config/read-config.ts');
  const { openRunFolder } = await import('../train/run-folder.ts');
  const config = await readTrainConfig(context.path(typed), overridesOf(flags));
  const folder = await openRunFolder(context.path(flags.out ?? `runs/${config.name}`), flags.resume === true);

  const { chooseTrainer } = await import('../train/choose-trainer.ts');
  const { prepareRun } = await import('../train/prepare-run.ts');
  const { openRun } = await import('../train/open-run.ts');
  const { runTraining } = await import('../train/run-training.ts');
  const quiet = flags.json === true;
  const runtime = await chooseTrainer(context, flags.backend);
  const run = await prepareRun(context, { config, runtime });
  const { checkpoints, resume } = await openRun(run, folder, flags.resume === true, context.signal);
  if (!quiet) (await import('../train/record/print-run.ts')).printRun(context, run, resume?.step ?? 0);
  const summary = await runTraining(context, { run, folder, checkpoints, resume, quiet }).catch((error: unknown) => {
    if (context.signal.aborted)
      context.io.stderr.write(`stopped, --resume goes on from the checkpoint in ${folder.path}\n`);
    throw error;
  });
  if (flags.json) return context.printJson({ folder: folder.path, backend: runtime.name, ...summary });
  await printSummary(context, summary, folder, run.validation?.samples.length ?? 0);
}

/** `atrous train`: a configuration in; log, curves, checkpoints and bundles out. */
export const addTrain: AddCommand = (program, context) => {
  program
    .command('train')
    .description('train a network on labelled pictures')
    .argument('<config>', 'a JSON file: network, data and recipe')
    .option('--out <dir>', 'folder of the run (default: runs/NAME)')
    .option('--resume', 'go on from the last checkpoint of the folder')
    .addOption(new Option('--steps <n>', 'instead of the configuration’s').argParser(parseWhole(1)))
    .addOption(new Option('--batch <n>', 'images a step, instead of the configuration’s').argParser(parseWhole(1)))
    .addOption(new Option('--seed <n>', 'instead of the configuration’s').argParser(parseWhole(0)))
    .addOption(
      new Option('--set <key=value>', 'replace an option of the configuration (repeatable)')
        .argParser(parseSetting)
        .default({}, 'none'),
    )
    .option('--backend <name>', 'auto, or one of `atrous backends`', 'auto')
    .option('--json', 'print the last scores as JSON')
    .addHelpText('after', HELP)
    .action((typed: string, flags: TrainFlags) => train(context, typed, flags));
};
