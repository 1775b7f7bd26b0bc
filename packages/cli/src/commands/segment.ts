import { basename } from 'node:path';
import { Option, type Command } from 'commander';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { addCrfFlags, CRF_HELP, crfOf, type CrfFlags } from '../crf/crf-flags.ts';
import { openCrfEngine } from '../crf/open-crf-engine.ts';
import { ReportedFailure } from '../errors.ts';
import { findImages } from '../files/find-images.ts';
import { planOutputs, type OutputKind } from '../files/plan-outputs.ts';
import { parseShare } from '../parse-number.ts';
import { formatColor, formatCount, formatPercent } from '../format.ts';
import type { FailedFile, SegmentedFile } from '../segment/segment-files.ts';
import { formatTable } from '../table.ts';

interface SegmentFlags extends ModelSourceFlags, CrfFlags {
  readonly out?: string;
  readonly backend: string;
  readonly overlay?: true;
  readonly mask?: true;
  readonly confidence?: true;
  readonly opacity?: number;
  readonly json?: true;
}

const HELP = `
A folder means the images directly in it; quote patterns: "photos/**/*.jpg".
Without --out, one image goes to ./NAME.overlay.png and several into ./segmented.
${CRF_HELP}

Examples:
  atrous segment photo.jpg --bundle voc --out overlay.png
  atrous segment photos --bundle voc --out results --mask --overlay
  atrous segment photo.jpg --bundle voc --crf --crf-set bilateralXyStd=80 --crf-set iterations=5
  atrous segment photo.jpg --checkpoint deeplabv3_257_mv_gpu.tflite --json`;

function outputKinds(flags: SegmentFlags): readonly OutputKind[] {
  const asked = (['overlay', 'mask', 'confidence'] as const).filter((kind) => flags[kind]);
  if (asked.length > 0) return asked;
  return flags.json && flags.out === undefined ? [] : ['overlay'];
}

function printResult(context: Context, result: SegmentedFile | FailedFile, isOnly: boolean): void {
  if ('error' in result) return context.printError(result.error, isOnly ? undefined : result.input);
  const { legend, input, outputs } = result;
  const written = Object.values(outputs).join(', ');
  if (isOnly) {
    const columns = [
      { title: 'class' },
      { title: 'color' },
      { title: 'area', numeric: true },
      { title: 'pixels', numeric: true },
    ];
    const rows = legend.map(({ name, color, share, pixels }) => [
      name,
      formatColor(color, context.colors.isColorSupported),
      formatPercent(share),
      formatCount(pixels),
    ]);
    context.print(formatTable(columns, rows));
    return context.print(`wrote ${written}`);
  }
  const seen = legend.map(({ name, share }) => `${name} ${formatPercent(share)}`).join(', ');
  context.print(`${basename(input)}: ${seen} -> ${written}`);
}

async function segment(context: Context, typed: readonly string[], flags: SegmentFlags): Promise<void> {
  const crf = await crfOf(flags);
  const images = await findImages(typed, context.io.cwd);
  const plans = planOutputs(images, { out: flags.out, kinds: outputKinds(flags), cwd: context.io.cwd });
  const { checkWritable } = await import('../files/write-output.ts');
  for (const path of plans.flatMap((plan) => Object.values(plan))) await checkWritable(path);

  const { chooseBackend } = await import('../choose-backend.ts');
  const { openModel, opsOf } = await import('../model-source/open-model.ts');
  const { segmentFiles } = await import('../segment/segment-files.ts');
  const { createSegmenter } = await import('@atrous/segmenter/node');
  const { signal } = context;
  const plugins = await context.plugins();
  const backend = await chooseBackend(context, flags.backend);
  const { bundle, source } = await openModel(context, flags, plugins);
  using segmenter = await createSegmenter({ bundle, runtime: backend.runtime, ops: opsOf(plugins), signal });
  using engine = await openCrfEngine(context, flags.crfThreads);
  const results = await segmentFiles(context, {
    segmenter,
    images,
    plans,
    opacity: flags.opacity,
    crf: crf && { ...crf, ...engine.options },
    quiet: flags.json === true,
    report: flags.json ? () => {} : (result) => printResult(context, result, images.length === 1),
  });
  if (flags.json) {
    context.printJson({ model: source, backend: backend.note(), crf, images: results });
  }
  const failed = results.filter((result) => 'error' in result).length;
  if (failed > 0) throw new ReportedFailure(`${failed} of ${results.length} images failed`);
}

/** `atrous segment`: photos in; overlays, masks, confidence maps and areas out. */
export const addSegment: AddCommand = (program, context) => {
  const command: Command = program
    .command('segment')
    .description('label every pixel of images')
    .argument('<inputs...>', 'image files, folders or glob patterns');
  addCrfFlags(addModelSource(command))
    .option('--out <path>', 'a .png file for one result, a folder for more')
    .option('--backend <name>', 'auto, or one of `atrous backends`', 'auto')
    .option('--overlay', 'photo with coloured classes (the default)')
    .option('--mask', 'palette PNG of class ids')
    .option('--confidence', 'heat map of the winning class probability')
    .addOption(new Option('--opacity <share>', 'of the colours in overlays, 0 to 1').argParser(parseShare))
    .option('--json', 'print classes, areas and timings as JSON')
    .addHelpText('after', HELP)
    .action((typed: readonly string[], flags: SegmentFlags) => segment(context, typed, flags));
};
