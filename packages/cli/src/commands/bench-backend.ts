import type { AddCommand } from '../command.ts';
import type { Context } from '../context.ts';
import type { ChildReport } from '../bench/measurement.ts';
import { addModelSource, type ModelSourceFlags } from '../model-source/flags.ts';
import { parseWhole } from '../parse-number.ts';

interface BenchBackendFlags extends ModelSourceFlags {
  readonly backend: string;
  readonly image?: string;
  readonly size: number;
  readonly runs: number;
  readonly warmup: number;
  readonly seconds: number;
}

async function measure(
  context: Context,
  positional: string | undefined,
  flags: BenchBackendFlags,
): Promise<ChildReport> {
  const { findBackend } = await import('../backends.ts');
  const plugins = await context.plugins();
  const runtime = findBackend(flags.backend, plugins);
  const availability = await runtime.available();
  if (!availability.available) return { unavailable: `${availability.reason} (${availability.hint})` };
  const { openModel, opsOf } = await import('../model-source/open-model.ts');
  const { measureBackend } = await import('../bench/measure-backend.ts');
  const { syntheticImage } = await import('../bench/synthetic-image.ts');
  const { decodeImage } = await import('@atrous/data/node');
  const { bundle, source: network } = await openModel(context, flags, plugins, positional);
  const image = flags.image === undefined ? syntheticImage(flags.size) : await decodeImage(context.path(flags.image));
  const { runs, warmup, seconds } = flags;
  const { detail } = availability;
  const { signal } = context;
  return measureBackend({
    bundle,
    network,
    runtime,
    ops: opsOf(plugins),
    detail,
    image,
    runs,
    warmup,
    seconds,
    signal,
  });
}

/** Hidden: what `atrous bench` runs in a child process for each backend. Prints a {@link ChildReport}. */
export const addBenchBackend: AddCommand = (program, context) => {
  addModelSource(program.command('bench-backend', { hidden: true }).argument('[network]'))
    .requiredOption('--backend <name>')
    .option('--image <path>')
    .option('--size <pixels>', '', parseWhole(1))
    .requiredOption('--runs <n>', '', parseWhole(1))
    .requiredOption('--warmup <n>', '', parseWhole(0))
    .requiredOption('--seconds <n>', '', parseWhole(0))
    .action(async (network: string | undefined, flags: BenchBackendFlags) =>
      context.print(JSON.stringify(await measure(context, network, flags))),
    );
};
