import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { addCrfFlags, CRF_HELP, crfOf, type CrfFlags } from '../crf/crf-flags.ts';
import { openCrfEngine } from '../crf/open-crf-engine.ts';
import { UsageError } from '../errors.ts';
import { parseWidths } from '../evaluate/parse-widths.ts';
import type { TrimapPlot } from '../evaluate/render-trimap.ts';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';

interface EvaluateFlags extends ModelSourceFlags, CrfFlags {
  readonly dataset: string;
  readonly split?: string;
  readonly limit?: number;
  readonly backend: string;
  readonly trimap?: readonly number[];
  readonly boundaryF1?: true;
  readonly svg?: string;
  readonly json?: true;
}

const HELP = `
DIR holds one of these; without its kind, as in DIR, what its folders look like:
  voc:DIR         JPEGImages, SegmentationClass, ImageSets/Segmentation/NAME.txt
  camvid:DIR      train, trainannot … (SegNet), or 701_StillsRaw_full, LabeledApproved_full
  cityscapes:DIR  leftImg8bit, gtFine with labelTrainIds or labelIds
  ade20k:DIR      images/training, annotations/training …
  coco-stuff:DIR  images/train2017, annotations/train2017 … of PNG masks
  pairs:DIR       images, masks of the same names
  street:SEED     made-up streets, no folder; networks trained on street have seen seed 1
Pixels of the ignore label (255 in VOC) do not count.
A class that no picture shows has no score of its own, so there are three means: over the classes in the truth
(exclude-truth), over those in truth or prediction (exclude-both, the usual one), over all with absent ones as 0 (zero).
--trimap scores only what is within so many pixels of a border in the truth, by Euclidean distance, as the DeepLab papers do. --boundary-f1
compares contours: those of a class are right where they are apart by less than 0.75 % of the picture's diagonal (Csurka et al. 2013).
With --crf the bands are scored without it too, and --svg draws both; the network runs twice on each picture.
${CRF_HELP}

Examples:
  atrous evaluate --checkpoint deeplabv3_257_mv_gpu.tflite --dataset VOCdevkit/VOC2012 --split val
  atrous evaluate voc --dataset voc:VOCdevkit/VOC2012 --limit 100 --json
  atrous evaluate voc --dataset VOCdevkit/VOC2012 --boundary-f1 --trimap 1-40 --svg trimap.svg
  atrous evaluate voc --dataset VOCdevkit/VOC2012 --crf deeplab-v1 --trimap 1-40 --svg before-and-after.svg
  atrous evaluate runs/camvid/best --dataset camvid:CamVid --split val
  atrous evaluate runs/street/best --dataset street:3 --limit 200`;

/** Where the plot goes. Told before hours of work. */
async function svgOf(context: Context, { svg, trimap }: EvaluateFlags): Promise<string | undefined> {
  if (svg === undefined) return undefined;
  if (!trimap) throw new UsageError('--svg draws the scores of --trimap, and it is not given', 'add --trimap 1-40');
  const { checkWritable } = await import('../files/write-output.ts');
  await checkWritable(context.path(svg));
  return context.path(svg);
}

async function writePlot(context: Context, path: string, plot: TrimapPlot): Promise<void> {
  const { renderTrimap } = await import('../evaluate/render-trimap.ts');
  const { writeOutput } = await import('../files/write-output.ts');
  await writeOutput(path, renderTrimap(plot), context.signal);
}

async function evaluate(context: Context, positional: string | undefined, flags: EvaluateFlags): Promise<void> {
  const svg = await svgOf(context, flags);
  const crf = await crfOf(flags);
  const { parseDataSpec } = await import('../data-source/data-spec.ts');
  const data = parseDataSpec(flags.dataset, flags.split);
  const { chooseBackend } = await import('../choose-backend.ts');
  const { openModel, opsOf } = await import('../model-source/open-model.ts');
  const { evaluateDataset } = await import('../evaluate/evaluate-dataset.ts');
  const { createSegmenter } = await import('@atrous/segmenter/node');
  const { openData } = await import('../data-source/open-data.ts');
  const plugins = await context.plugins();
  const { bundle, source } = await openModel(context, flags, plugins, positional);
  const dataset = await openData(context, data, { labels: bundle.labels });
  const samples = dataset.samples.slice(0, flags.limit);
  const { runtime, note } = await chooseBackend(context, flags.backend);
  using segmenter = await createSegmenter({ bundle, runtime, ops: opsOf(plugins), signal: context.signal });
  using engine = await openCrfEngine(context, flags.crfThreads);
  const quiet = flags.json === true;
  const scores = await evaluateDataset(context, {
    ...{ segmenter, samples, near: flags, quiet },
    crf: crf && { ...crf, ...engine.options },
  });
  const refined = crf && (await import('../crf/name-crf.ts')).nameCrf(crf);
  const { trimap: bands, trimapWithoutCrf: withoutCrf } = scores;
  const title = `Near borders, ${source}`;
  if (svg !== undefined && bands) await writePlot(context, svg, { title, subtitle: refined, bands, withoutCrf });
  if (flags.json) {
    return context.printJson({
      model: source,
      backend: note(),
      dataset: flags.dataset,
      crf,
      images: samples.length,
      ...scores,
    });
  }
  const { formatScores } = await import('../evaluate/format-scores.ts');
  context.print(`${source}${refined === undefined ? '' : ` and ${refined}`}, on ${note().name}`);
  context.print(formatScores(scores, samples.length));
}

/** `atrous evaluate`: class IoUs and means over a labelled data set. */
export const addEvaluate: AddCommand = (program, context) => {
  const command = program
    .command('evaluate')
    .description('score a network on a labelled data set')
    .argument('[network]', 'bundle or checkpoint, like --bundle or --checkpoint');
  addCrfFlags(addModelSource(command))
    .requiredOption('--dataset <dir>', 'labelled pictures: DIR, KIND:DIR or street:SEED')
    .option('--split <name>', 'train, val … or a list NAME.txt of the data set (default: all with labels)')
    .addOption(new Option('--limit <n>', 'only the first pictures').argParser(parseWhole(1)))
    .option('--backend <name>', 'auto, or one of `atrous backends`', 'auto')
    .addOption(
      new Option('--trimap <widths>', 'scores within so many pixels of borders: 1,2,5,10 or 1-40').argParser(
        parseWidths,
      ),
    )
    .option('--boundary-f1', 'whether contours lie where they should')
    .option('--svg <file>', 'plot the scores of --trimap')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action((network: string | undefined, flags: EvaluateFlags) => evaluate(context, network, flags));
};
