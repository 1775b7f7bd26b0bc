import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { unknownName, UsageError } from '../errors.ts';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';

interface EvaluateFlags extends ModelSourceFlags {
  readonly dataset: string;
  readonly split?: string;
  readonly limit?: number;
  readonly backend: string;
  readonly json?: true;
}

const HELP = `
DIR holds JPEGImages and SegmentationClass, as PASCAL VOC does; pixels of the ignore label (255 in VOC) do not count.
A class that no picture shows has no score of its own, so there are three means: over the classes in the truth
(exclude-truth), over those in truth or prediction (exclude-both, the usual one), over all with absent ones as 0 (zero).

Examples:
  atrous evaluate --checkpoint deeplabv3_257_mv_gpu.tflite --dataset VOCdevkit/VOC2012 --split val
  atrous evaluate voc --dataset voc:VOCdevkit/VOC2012 --limit 100 --json`;

/** The folder of `voc:DIR` or `DIR`. A single letter before the colon is a drive. */
function vocFolder(context: Context, dataset: string): string {
  const [, kind = 'voc', folder = ''] = /^(?:([a-z0-9]{2,}):)?(.*)$/i.exec(dataset) ?? [];
  if (folder === '')
    throw new UsageError(`--dataset ${dataset} names no folder`, 'write it like voc:VOCdevkit/VOC2012');
  if (kind !== 'voc') throw unknownName('dataset kind', kind, ['voc']);
  return context.path(folder);
}

async function evaluate(context: Context, positional: string | undefined, flags: EvaluateFlags): Promise<void> {
  const folder = vocFolder(context, flags.dataset);
  const { chooseBackend } = await import('../backends.ts');
  const { openModel, opsOf } = await import('../model-source/open-model.ts');
  const { evaluateDataset } = await import('../evaluate/evaluate-dataset.ts');
  const { createSegmenter } = await import('@atrous/segmenter/node');
  const { vocDataset } = await import('@atrous/data/node');
  const plugins = await context.plugins();
  const { bundle, source } = await openModel(context, flags, plugins, positional);
  const dataset = await vocDataset(folder, { split: flags.split, labels: bundle.labels });
  const samples = dataset.samples.slice(0, flags.limit);
  const { runtime, name, detail, why } = await chooseBackend(flags.backend, plugins);
  using segmenter = await createSegmenter({ bundle, runtime, ops: opsOf(plugins), signal: context.signal });
  const quiet = flags.json === true;
  const scores = await evaluateDataset(context, { segmenter, samples, quiet });
  if (flags.json) {
    const backend = { name, detail, why };
    return context.printJson({ model: source, backend, dataset: flags.dataset, images: samples.length, ...scores });
  }
  const { formatScores } = await import('../evaluate/format-scores.ts');
  context.print(`${source}, on ${name}`);
  context.print(formatScores(scores, samples.length));
}

/** `atrous evaluate`: class IoUs and means over a labelled data set. */
export const addEvaluate: AddCommand = (program, context) => {
  const command = program
    .command('evaluate')
    .description('score a network on a labelled data set')
    .argument('[network]', 'bundle or checkpoint, like --bundle or --checkpoint');
  addModelSource(command)
    .requiredOption('--dataset <dir>', 'labelled pictures: voc:DIR, or DIR')
    .option('--split <name>', 'pictures that ImageSets/Segmentation/NAME.txt lists (default: all with labels)')
    .addOption(new Option('--limit <n>', 'only the first pictures').argParser(parseWhole(1)))
    .option('--backend <name>', 'auto, or one of `atrous backends`', 'auto')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action((network: string | undefined, flags: EvaluateFlags) => evaluate(context, network, flags));
};
