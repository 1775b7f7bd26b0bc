import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { ReportedFailure, UsageError } from '../errors.ts';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';

interface BenchFlags extends ModelSourceFlags {
  readonly image?: string;
  readonly backends?: string;
  readonly runs: number;
  readonly warmup: number;
  readonly seconds: number;
  readonly size?: number;
  readonly svg?: string;
  readonly json?: true;
}

const HELP = `
Each backend runs in a process of its own. Times are end to end: decoded image in, label map out at the image's size.
Labels are compared with those of the reference backend when it takes part, else with the first backend's.

Examples:
  atrous bench --bundle voc --image photo.jpg
  atrous bench --checkpoint deeplabv3_257_mv_gpu.tflite --size 257 --backends wasm,cpu,reference --svg results.svg
  atrous bench --bundle voc --json > results.json`;

async function bench(context: Context, positional: string | undefined, flags: BenchFlags): Promise<void> {
  if (flags.image !== undefined && flags.size !== undefined)
    throw new UsageError('--size makes a synthetic image, --image brings its own size', 'give one of them');
  const { onlySource } = await import('../model-source/open-model.ts');
  const { checkWritable, writeOutput } = await import('../files/write-output.ts');
  const { measureBackends } = await import('../bench/measure-backends.ts');
  onlySource(context, flags, positional);
  const svg = flags.svg === undefined ? undefined : context.path(flags.svg);
  if (svg !== undefined) await checkWritable(svg);

  const report = await measureBackends(context, flags, positional);
  if (flags.json) context.printJson(report);
  else context.print((await import('../bench/report.ts')).formatReport(report));
  if (report.backends.length === 0) throw new ReportedFailure('no backend could be measured');
  if (svg !== undefined) {
    const { renderChart } = await import('../bench/chart.ts');
    await writeOutput(svg, renderChart(report), context.signal);
  }
  if (report.skipped.some(({ failed }) => failed)) throw new ReportedFailure('a backend failed');
}

/** `atrous bench`: one network on several backends, side by side. */
export const addBench: AddCommand = (program, context) => {
  const command = program
    .command('bench')
    .description('compare the backends on one network')
    .argument('[network]', 'bundle or checkpoint, like --bundle or --checkpoint');
  addModelSource(command)
    .option('--image <path>', 'photo to measure with; a synthetic one otherwise')
    .addOption(new Option('--size <pixels>', 'side of the synthetic image (default: 513)').argParser(parseWhole(1)))
    .option('--backends <names>', 'comma-separated names, or all (default: all but reference, which takes minutes)')
    .addOption(new Option('--runs <n>', 'timed runs at most').argParser(parseWhole(1)).default(10))
    .addOption(new Option('--warmup <n>', 'runs before timing at most').argParser(parseWhole(0)).default(2))
    .addOption(new Option('--seconds <n>', 'stop timing a backend after').argParser(parseWhole(0)).default(30))
    .option('--svg <file>', 'write a bar chart')
    .option('--json', 'print everything that was measured as JSON')
    .addHelpText('after', HELP)
    .action((network: string | undefined, flags: BenchFlags) => bench(context, network, flags));
};
