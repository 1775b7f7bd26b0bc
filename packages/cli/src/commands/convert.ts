import type { Bundle } from '@atrous/weights';
import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { addImportFlags, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';

interface ConvertFlags extends ModelSourceFlags {
  readonly out: string;
  readonly to: 'bundle' | 'safetensors' | 'onnx';
  readonly size?: number;
  readonly half?: true;
  readonly json?: true;
}

const HELP = `
Reads safetensors, .npz, folders of .npy and float .tflite. The network is found by the tensors' names and shapes;
--model and --name-map decide it where that fails. A bundle is a folder of model.json and weights.safetensors, and needs neither.
An ONNX model takes any number of prepared pictures [n, h, w, 3] of one size and gives their logits [n, h, w, classes]; batch norms are folded.

Examples:
  atrous convert deeplabv3_257_mv_gpu.tflite --out voc
  atrous convert model.safetensors --model my-network.json --labels my-labels.json --out mine
  atrous convert model.npz --half --to safetensors --out model.safetensors
  atrous convert deeplabv3_257_mv_gpu.tflite --to onnx --out voc.onnx`;

function checkFlags({ to, size, half }: ConvertFlags): void {
  if (size !== undefined && to !== 'onnx')
    throw new UsageError('only ONNX models are made for one size of pictures', 'leave --size out, or add --to onnx');
  if (half && to === 'onnx') throw new UsageError('ONNX models are written in float32', 'leave --half out');
}

async function write(context: Context, bundle: Bundle, out: string, { to, half, size }: ConvertFlags): Promise<void> {
  const dtype = half ? 'float16' : 'float32';
  if (to === 'bundle') {
    const { writeBundle } = await import('@atrous/weights/node');
    return writeBundle(out, bundle, { dtype });
  }
  const { writeOutput } = await import('../files/write-output.ts');
  if (to === 'onnx') {
    const { onnxOfBundle } = await import('../model-source/onnx-of-bundle.ts');
    const { opsOf } = await import('../model-source/open-model.ts');
    return writeOutput(out, onnxOfBundle(bundle, size, opsOf(await context.plugins())), context.signal);
  }
  const { storeAs, writeSafetensors } = await import('@atrous/weights');
  return writeOutput(out, writeSafetensors(storeAs(bundle.weights, dtype)), context.signal);
}

async function convert(context: Context, typed: string, flags: ConvertFlags): Promise<void> {
  const { importCheckpoint } = await import('../model-source/import-checkpoint.ts');
  const { formatImportReport } = await import('@atrous/weights');
  checkFlags(flags);
  const out = context.path(flags.out);
  const { bundle, report, nameMap, source } = await importCheckpoint(context, typed, flags, await context.plugins());
  context.signal.throwIfAborted();
  await write(context, bundle, out, flags);
  const { name, labels } = { name: bundle.manifest.name, labels: bundle.labels.name };
  if (flags.json) return context.printJson({ model: name, labels, nameMap: nameMap.name, report, wrote: out });
  context.print(`${source}, tensors called as in ${nameMap.name}, labels ${labels}`);
  context.print(formatImportReport(report));
  context.print(`wrote ${out}`);
}

/** `atrous convert`: a published checkpoint in, a bundle out, or a file of another format. */
export const addConvert: AddCommand = (program, context) => {
  const command = program
    .command('convert')
    .description('make a bundle of a checkpoint')
    .argument('<checkpoint>', 'weights file, or folder of .npy files')
    .requiredOption('--out <path>', 'folder of the bundle, or file of other formats')
    .addOption(
      new Option('--to <format>', 'what to write').choices(['bundle', 'safetensors', 'onnx']).default('bundle'),
    )
    .addOption(new Option('--size <pixels>', 'side of the prepared picture, of ONNX models').argParser(parseWhole(1)));
  addImportFlags(command)
    .option('--half', 'filters as float16: half the size, logits that differ by about a thousandth')
    .option('--json', 'print the import report as JSON')
    .addHelpText('after', HELP)
    .action((typed: string, flags: ConvertFlags) => convert(context, typed, flags));
};
