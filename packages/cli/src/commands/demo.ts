import { join } from 'node:path';
import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { parseWhole } from '../parse-number.ts';

interface DemoFlags {
  readonly seed?: number;
  readonly width: number;
  readonly height: number;
  readonly out: string;
  readonly backend: string;
  readonly json?: true;
}

const HELP = `
Draws a street that nobody has been to, and whose class is known for every pixel; segments it with the network that comes along
(@atrous/street); compares. Writes the picture, what the network saw laid over it, and the truth laid over it.

Examples:
  atrous demo
  atrous demo --seed 7 --backend webgpu --out pictures`;

/** Scenes of these seeds took no part in training, which used small ones. */
const newSeed = (): number => 1_000_000 + (Date.now() % 1_000_000);

async function demo(context: Context, flags: DemoFlags): Promise<void> {
  const { seed = newSeed(), width, height } = flags;
  const { checkWritable, writeOutput } = await import('../files/write-output.ts');
  const folder = context.path(flags.out);
  const fileOf = (kind: string): string => join(folder, `street-${seed}${kind}.png`);
  const paths = { picture: fileOf(''), overlay: fileOf('.overlay'), truth: fileOf('.truth') };
  for (const path of Object.values(paths)) await checkWritable(path);

  const { chooseBackend } = await import('../choose-backend.ts');
  const { encodePng, overlay, streetScene } = await import('@atrous/data');
  const { createConfusionMatrix } = await import('@atrous/metrics');
  const { createSegmenter } = await import('@atrous/segmenter/node');
  const { streetBundle } = await import('@atrous/street');
  const { scoresOf } = await import('../evaluate/scores.ts');
  const { signal } = context;
  const { runtime, note } = await chooseBackend(context, flags.backend);
  const { image, mask } = streetScene({ seed, width, height });
  using segmenter = await createSegmenter({ bundle: await streetBundle({ signal }), runtime, signal });
  const result = await segmenter.segment(image, { signal });
  const matrix = createConfusionMatrix(segmenter.labels.classes.length, { ignoreLabel: segmenter.labels.ignoreLabel });
  matrix.add(mask.data, result.labels);
  const scores = scoresOf(matrix, segmenter.labels);
  const pictures = { picture: image, overlay: result.overlay(), truth: overlay(image, mask, segmenter.labels) };
  for (const kind of ['picture', 'overlay', 'truth'] as const)
    await writeOutput(paths[kind], encodePng(pictures[kind]), signal);
  if (flags.json) return context.printJson({ seed, backend: note(), ...scores, wrote: paths });
  const { formatScores } = await import('../evaluate/format-scores.ts');
  context.print(`a street drawn from seed ${seed}, ${width}×${height}, segmented on ${note().name}`);
  context.print(formatScores(scores, 1));
  context.print(`wrote ${Object.values(paths).join(', ')}`);
}

/** `atrous demo`: the whole chain on a made-up street, with nothing to download. */
export const addDemo: AddCommand = (program, context) => {
  program
    .command('demo')
    .description('segment a made-up street with the network that comes along')
    .addOption(new Option('--seed <n>', 'which street (default: a new one)').argParser(parseWhole(0)))
    .addOption(new Option('--width <pixels>', 'of the picture').argParser(parseWhole(16)).default(320))
    .addOption(new Option('--height <pixels>', 'of the picture').argParser(parseWhole(16)).default(240))
    .option('--out <dir>', 'folder of the pictures', 'out')
    .option('--backend <name>', 'auto, or one of `atrous backends`', 'auto')
    .option('--json', 'print JSON')
    .addHelpText('after', HELP)
    .action((flags: DemoFlags) => demo(context, flags));
};
