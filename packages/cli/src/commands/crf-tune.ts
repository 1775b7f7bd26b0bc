import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { addCrfThreads } from '../crf/crf-flags.ts';
import { openCrfEngine } from '../crf/open-crf-engine.ts';
import type { Metric } from '../crf-tune/metric.ts';
import type { Grid } from '../crf-tune/grid.ts';
import type { Trust } from '../crf-tune/predictor.ts';
import { UsageError } from '../errors.ts';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import { parsePositive, parsePositives, parseShare, parseWhole } from '../parse-number.ts';

interface CrfTuneFlags extends ModelSourceFlags, Grid, Trust {
  readonly dataset: string;
  readonly split?: string;
  readonly limit?: number;
  readonly predictions?: string;
  readonly metric: Metric['name'];
  readonly trimapWidth: number;
  readonly rounds: number;
  readonly folds: number;
  readonly iterations: number;
  readonly crfThreads?: number;
  readonly log: string;
  readonly backend: string;
  readonly json?: true;
}

const HELP = `
Tunes the bilateral kernel of the dense CRF as the DeepLab papers did: on a coarse grid, then on finer ones around the best. The Gaussian
kernel keeps weight 3 and standard deviation 3. The score is the mean IoU over the classes in the truth, of whole pictures (miou) or of what
is within --trimap-width pixels of borders (trimap). It is cross-validated too: each part of the pictures with what was best without it.
--predictions takes label maps ID.png instead of a network; --confidence says how far to trust them, --border-confidence how far within
--border-width pixels of another label, where a network of output stride 8 is often wrong.
Every measurement is a line of --log. Stopped with Ctrl-C, the same command goes on where it was.

Examples:
  atrous crf-tune voc --dataset VOCdevkit/VOC2012 --split val --limit 100
  atrous crf-tune voc --dataset VOCdevkit/VOC2012 --limit 100 --metric trimap --bilateral-weight 3,4,5,6 --rounds 1
  atrous crf-tune --predictions labels --dataset VOCdevkit/VOC2012 --confidence 0.8 --json`;

/** What labels pictures before the CRF, and a name for it. */
async function openPredictor(context: Context, positional: string | undefined, flags: CrfTuneFlags) {
  const { folderPredictor, networkPredictor } = await import('../crf-tune/predictor.ts');
  const { openData } = await import('../data-source/open-data.ts');
  const { parseDataSpec } = await import('../data-source/data-spec.ts');
  const data = parseDataSpec(flags.dataset, flags.split);
  const { predictions, confidence, borderWidth, borderConfidence, bundle, checkpoint } = flags;
  const trust: Trust = { confidence, borderWidth, borderConfidence };
  if (predictions !== undefined) {
    if ([positional, bundle, checkpoint].some((network) => network !== undefined))
      throw new UsageError('--predictions takes the place of a network, and there is one', 'give one of them');
    const dataset = await openData(context, data);
    const predictor = folderPredictor(context.path(predictions), dataset.labels, trust);
    return { dataset, predictor, source: { predictions, ...trust }, [Symbol.dispose]() {} };
  }
  const { chooseBackend } = await import('../choose-backend.ts');
  const { openModel, opsOf } = await import('../model-source/open-model.ts');
  const { createSegmenter } = await import('@atrous/segmenter/node');
  const plugins = await context.plugins();
  const { bundle: network, source } = await openModel(context, flags, plugins, positional);
  const dataset = await openData(context, data, { labels: network.labels });
  const { runtime } = await chooseBackend(context, flags.backend);
  const segmenter = await createSegmenter({ bundle: network, runtime, ops: opsOf(plugins), signal: context.signal });
  return { dataset, predictor: networkPredictor(segmenter), source, [Symbol.dispose]: () => segmenter.dispose() };
}

async function crfTune(context: Context, positional: string | undefined, flags: CrfTuneFlags): Promise<void> {
  const { openTuningLog } = await import('../crf-tune/tuning-log.ts');
  const { FIXED } = await import('../crf-tune/measure.ts');
  const { tune } = await import('../crf-tune/tune.ts');
  using opened = await openPredictor(context, positional, flags);
  const { dataset, predictor, source } = opened;
  const samples = dataset.samples.filter((sample) => predictor.has(sample)).slice(0, flags.limit);
  if (samples.length === 0)
    throw new UsageError(`${flags.predictions} has no label map of any picture`, 'name them as the pictures: ID.png');
  const metric: Metric = flags.metric === 'miou' ? { name: 'miou' } : { name: 'trimap', width: flags.trimapWidth };
  const { iterations, rounds, folds, json } = flags;
  const about = { source, dataset: flags.dataset, metric, iterations, ...FIXED };
  const log = await openTuningLog(context.path(flags.log), about, context.signal);
  const quiet = json === true;
  if (!quiet && log.found > 0) context.print(`going on from ${log.found} measurements in ${flags.log}`);
  const { labels } = dataset;
  using engine = await openCrfEngine(context, flags.crfThreads);
  const report = await tune(context, {
    ...{
      samples,
      predictor,
      labels,
      metric,
      iterations,
      engine: engine.options,
      log,
      quiet,
      grid: flags,
      rounds,
      folds,
    },
  });
  if (json) return context.printJson({ source, dataset: flags.dataset, metric, iterations, ...FIXED, ...report });
  const { formatTuning } = await import('../crf-tune/format-tuning.ts');
  context.print(formatTuning(report, { metric, iterations }));
}

const gridOption = (flag: string, about: string, usual: readonly number[]): Option =>
  new Option(`${flag} <values>`, about).argParser(parsePositives).default(usual, usual.join(','));

/** `atrous crf-tune`: parameters of the dense CRF, chosen on labelled pictures. */
export const addCrfTune: AddCommand = (program, context) => {
  const command = program
    .command('crf-tune')
    .description('choose the parameters of the dense CRF on a labelled data set')
    .argument('[network]', 'bundle or checkpoint, like --bundle or --checkpoint');
  addCrfThreads(addModelSource(command))
    .requiredOption('--dataset <dir>', 'labelled pictures, as for `atrous evaluate`')
    .option('--split <name>', 'train, val … or a list NAME.txt of the data set (default: all with labels)')
    .addOption(new Option('--limit <n>', 'only the first pictures').argParser(parseWhole(1)))
    .option('--predictions <dir>', 'label maps ID.png, instead of a network')
    .addOption(new Option('--confidence <share>', 'of --predictions').argParser(parseShare).default(0.9))
    .addOption(new Option('--border-width <pixels>', 'of --predictions').argParser(parseWhole(0)).default(15))
    .addOption(new Option('--border-confidence <share>', 'of --predictions').argParser(parseShare).default(0.15))
    .addOption(new Option('--metric <name>', 'what to tune for').choices(['miou', 'trimap']).default('miou'))
    .addOption(new Option('--trimap-width <pixels>', 'of the band').argParser(parsePositive).default(5))
    .addOption(gridOption('--bilateral-weight', 'first values of w1', [3, 5, 8]))
    .addOption(gridOption('--bilateral-xy-std', 'first values of its standard deviation in pixels', [40, 70, 100]))
    .addOption(gridOption('--bilateral-rgb-std', 'first values of that of colours', [3, 6, 10]))
    .addOption(new Option('--rounds <n>', 'grids, each half as coarse as the last').argParser(parseWhole(1)).default(2))
    .addOption(new Option('--folds <n>', 'parts for cross-validation; 1 for none').argParser(parseWhole(1)).default(5))
    .addOption(new Option('--iterations <n>', 'of mean field').argParser(parseWhole(1)).default(10))
    .option('--log <file>', 'measurements, to go on from', 'crf-tune.jsonl')
    .option('--backend <name>', 'auto, or one of `atrous backends`', 'auto')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action((network: string | undefined, flags: CrfTuneFlags) => crfTune(context, network, flags));
};
