import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { ReportedFailure, UsageError } from '../errors.ts';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';

interface BenchFlags extends ModelSourceFlags {
  readonly image?: string;
  readonly backends: string;
  readonly runs: number;
  readonly warmup: number;
  readonly size?: number;
  readonly json?: string;
  readonly svg?: string;
}

const HELP = `
Each backend runs in a process of its own. Times are end to end: decoded image in, label map out at the image's size.
Labels are compared with the reference backend when it takes part, else with the first. The reference backend runs once.

Example:
  atrous bench --bundle voc --image photo.jpg --backends wasm,webgpu --json results.json --svg results.svg`;

async function bench(context: Context, flags: BenchFlags): Promise<void> {
  if (flags.image !== undefined && flags.size !== undefined)
    throw new UsageError('--size makes a synthetic image, --image brings its own size', 'give one of them');
  const { checkWritable, writeOutput } = await import('../files/write-output.ts');
  const files = { json: flags.json && context.path(flags.json), svg: flags.svg && context.path(flags.svg) };
  for (const path of [files.json, files.svg]) if (path) await checkWritable(path);

  const { measureBackends } = await import('../bench/measure-backends.ts');
  const { formatReport } = await import('../bench/report.ts');
  const report = await measureBackends(context, flags);
  context.print(formatReport(report));
  if (report.backends.length === 0) throw new ReportedFailure('no backend could be measured');
  if (files.json) await writeOutput(files.json, `${JSON.stringify(report, undefined, 2)}\n`, context.signal);
  if (files.svg) {
    const { renderChart } = await import('../bench/chart.ts');
    await writeOutput(files.svg, renderChart(report), context.signal);
  }
  if (report.skipped.some(({ failed }) => failed)) throw new ReportedFailure('a backend failed');
}

/** `atrous bench`: one network on several backends, side by side. */
export const addBench: AddCommand = (program, context) => {
  addModelSource(program.command('bench').description('compare the backends on one network'))
    .option('--image <path>', 'photo to measure with; a synthetic one otherwise')
    .addOption(new Option('--size <pixels>', 'side of the synthetic image').argParser(parseWhole(1)))
    .option('--backends <names>', 'comma-separated names, or all', 'all')
    .addOption(new Option('--runs <n>', 'timed runs').argParser(parseWhole(1)).default(10))
    .addOption(new Option('--warmup <n>', 'runs before timing').argParser(parseWhole(0)).default(2))
    .option('--json <file>', 'write everything that was measured')
    .option('--svg <file>', 'write a bar chart')
    .addHelpText('after', HELP)
    .action((flags: BenchFlags) => bench(context, flags));
};
