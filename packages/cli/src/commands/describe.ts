import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { addImportFlags, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';
import { mergeSettings } from '../parse-setting.ts';

interface DescribeFlags extends ModelSourceFlags {
  readonly backbone?: string;
  readonly outputStride?: number;
  readonly size: number;
  readonly layers: boolean;
  readonly gridding?: string;
  readonly layer?: string;
  readonly optimize?: true;
  readonly json?: true;
}

const HELP = `
NETWORK is a preset or model of \`atrous models\`, a config.json, a bundle, or a checkpoint.
"sees" is the field of view: the side, in image pixels, of the square that one unit of the layer can be changed by.
"taps span" is how far a convolution's taps reach, in image pixels: what the papers call the field of view of a classifier.
"effective FOV" is the side of a square of as many pixels as matter to the middle unit: those that reach it along at least 4.55 % as many
paths as the pixel that reaches it along most (Luo et al. 2016, all weights equal; image-level pooling left out).
"taps on map" is the share of a convolution's taps, over all positions, that read the map and not its padding.
--gridding draws which pixels a unit really sees, along how many paths: atrous layers may leave holes in between.

Examples:
  atrous describe deeplabv3 --output-stride 8 --set numClasses=19
  atrous --plugin my-backbones describe deeplabv3plus --backbone my-net
  atrous describe voc --no-layers
  atrous describe deeplabv3plus --no-layers --optimize
  atrous describe deeplabv3 --output-stride 8 --no-layers --gridding gridding.svg
  atrous describe deeplabv3_257_mv_gpu.tflite --size 257 --json`;

async function describe(context: Context, typed: string, flags: DescribeFlags): Promise<void> {
  const { retarget } = await import('@atrous/core');
  const { opsOf } = await import('../model-source/open-model.ts');
  const { openGraph } = await import('../describe/open-graph.ts');
  const { checkGriddingPath, writeGridding } = await import('../describe/gridding/write-gridding.ts');
  const { griddingPicture } = await import('../describe/gridding/gridding-picture.ts');
  const { describeOptimization, formatOptimization } = await import('../describe/describe-optimization.ts');
  const { describeGraph, formatDescription } = await import('../describe/describe-graph.ts');
  if (flags.gridding !== undefined) await checkGriddingPath(context, flags.gridding);
  const plugins = await context.plugins();
  const ops = opsOf(plugins);
  const set = flags.backbone === undefined ? flags.set : mergeSettings(flags.set, { backbone: flags.backbone });
  const { name, graph } = await openGraph(context, typed, { ...flags, set }, plugins);
  const described = flags.outputStride === undefined ? graph : retarget(graph, flags.outputStride, { ops });
  const description = describeGraph(described, flags.size, ops);
  if (flags.gridding !== undefined) {
    const picture = griddingPicture(described, description, { name, ops, layer: flags.layer });
    await writeGridding(context, flags.gridding, picture);
  }
  const optimization = flags.optimize && describeOptimization(described, description.inputShape, ops);
  if (flags.json) return context.printJson({ name, ...description, ...(optimization && { optimization }) });
  context.print(formatDescription(description, flags.layers));
  if (optimization) context.print(`\n${formatOptimization(optimization)}`);
}

/** `atrous describe`: layers, parameters, multiply-adds and field of view of a network. */
export const addDescribe: AddCommand = (program, context) => {
  const command = program
    .command('describe')
    .description('list the layers of a network: size, cost, field of view')
    .argument('<network>', 'preset, model, config.json, bundle or checkpoint');
  addImportFlags(command)
    .option('--backbone <name>', 'one of `atrous plugins`, with its defaults')
    .addOption(
      new Option('--output-stride <n>', 'image pixels between units of the last features').argParser(parseWhole(1)),
    )
    .addOption(new Option('--size <pixels>', 'side of the image').argParser(parseWhole(1)).default(513))
    .option('--no-layers', 'only the sums')
    .option('--gridding <file>', 'draw what one unit sees, as .svg or .png')
    .option('--layer <name>', 'the layer of that unit, instead of the last before the map is enlarged')
    .option('--optimize', 'what is left to compute after the passes that runtimes apply, by kind of operation')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action((typed: string, flags: DescribeFlags) => describe(context, typed, flags));
};
