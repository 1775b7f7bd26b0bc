import { createRequire } from 'node:module';
import { Command } from 'commander';
import { addBackends } from './commands/backends.ts';
import { addBenchBackend } from './commands/bench-backend.ts';
import { addBench } from './commands/bench.ts';
import { addConvert } from './commands/convert.ts';
import { addCrfTune } from './commands/crf-tune.ts';
import { addDemo } from './commands/demo.ts';
import { addDescribe } from './commands/describe.ts';
import { addDoctor } from './commands/doctor.ts';
import { addEvaluate } from './commands/evaluate.ts';
import { addModels } from './commands/models.ts';
import { addPlugins } from './commands/plugins.ts';
import { addSegment } from './commands/segment.ts';
import { addTrain } from './commands/train.ts';
import type { AddCommand } from './command.ts';
import { createContext, type Context } from './context.ts';
import type { Io } from './io.ts';

const COMMANDS: readonly AddCommand[] = [
  addDemo,
  addSegment,
  addEvaluate,
  addCrfTune,
  addTrain,
  addDoctor,
  addConvert,
  addDescribe,
  addModels,
  addBackends,
  addPlugins,
  addBench,
  addBenchBackend,
];

const version = (): string =>
  (createRequire(import.meta.url)('@atrous/cli/package.json') as { version: string }).version;

const collect = (value: string, previous: readonly string[] = []): readonly string[] => [...previous, value];

/** Builds the command line: global options and every command. */
export function createProgram(io: Io): { program: Command; context: Context } {
  const program = new Command('atrous');
  const context = createContext(io, () => program.opts<{ plugin?: readonly string[] }>().plugin ?? []);
  program
    .description('The DeepLab toolkit: photos to labels, checkpoints to bundles, networks to numbers.')
    .version(version(), '--version', 'print the version')
    .option('--plugin <package>', 'load plugins from a package or file (repeatable)', collect)
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      getOutHasColors: () => context.colors.isColorSupported,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      `
Examples:
  atrous demo
  atrous segment photo.jpg --checkpoint deeplabv3_257_mv_gpu.tflite --out overlay.png

Exit codes: 0 done, 1 failed, 2 bad usage. ATROUS_DEBUG=1 shows stack traces.`,
    );
  for (const add of COMMANDS) add(program, context);
  return { program, context };
}
