import { Option } from 'commander';
import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { addImportFlags, type ModelSourceFlags } from '../model-source/flags.ts';

interface ConvertFlags extends ModelSourceFlags {
  readonly out: string;
  readonly to: 'bundle' | 'safetensors';
  readonly half?: true;
  readonly json?: true;
}

const HELP = `
Reads safetensors, .npz, folders of .npy and float .tflite. The network is found by the tensors' names and shapes;
--model and --name-map decide it where that fails. A bundle is a folder of model.json and weights.safetensors, and needs neither.

Examples:
  atrous convert deeplabv3_257_mv_gpu.tflite --out voc
  atrous convert model.safetensors --model my-network.json --labels my-labels.json --out mine
  atrous convert model.npz --half --to safetensors --out model.safetensors`;

async function convert(context: Context, typed: string, flags: ConvertFlags): Promise<void> {
  const { importCheckpoint } = await import('../model-source/import-checkpoint.ts');
  const { formatImportReport, storeAs, writeSafetensors } = await import('@atrous/weights');
  const out = context.path(flags.out);
  const dtype = flags.half ? 'float16' : 'float32';
  const { bundle, report, nameMap, source } = await importCheckpoint(context, typed, flags, await context.plugins());
  context.signal.throwIfAborted();
  if (flags.to === 'bundle') {
    const { writeBundle } = await import('@atrous/weights/node');
    await writeBundle(out, bundle, { dtype });
  } else {
    const { writeOutput } = await import('../files/write-output.ts');
    await writeOutput(out, writeSafetensors(storeAs(bundle.weights, dtype)), context.signal);
  }
  const { name, labels } = { name: bundle.manifest.name, labels: bundle.labels.name };
  if (flags.json) return context.printJson({ model: name, labels, nameMap: nameMap.name, report, wrote: out });
  context.print(`${source}, tensors called as in ${nameMap.name}, labels ${labels}`);
  context.print(formatImportReport(report));
  context.print(`wrote ${out}`);
}

/** `atrous convert`: a published checkpoint in, a bundle out. */
export const addConvert: AddCommand = (program, context) => {
  const command = program
    .command('convert')
    .description('make a bundle of a checkpoint')
    .argument('<checkpoint>', 'weights file, or folder of .npy files')
    .requiredOption('--out <path>', 'folder of the bundle, or file of other formats')
    .addOption(new Option('--to <format>', 'what to write').choices(['bundle', 'safetensors']).default('bundle'));
  addImportFlags(command)
    .option('--half', 'filters as float16: half the size, logits that differ by about a thousandth')
    .option('--json', 'print the import report as JSON')
    .addHelpText('after', HELP)
    .action((typed: string, flags: ConvertFlags) => convert(context, typed, flags));
};
