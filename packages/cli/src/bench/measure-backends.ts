import { basename } from 'node:path';
import { backendEntries } from '../backends.ts';
import type { Context } from '../context.ts';
import { unknownName } from '../errors.ts';
import { createProgressBar } from '../progress-bar.ts';
import type { ModelSourceFlags } from '../model-source/flags.ts';
import type { ChildReport, Measurement } from './measurement.ts';
import { describeMachine, summarize, type BenchReport, type SkippedBackend } from './report.ts';

/** Side of the synthetic image, the input size of the published VOC networks. */
const DEFAULT_SIZE = 513;

export interface MeasureBackendsOptions extends ModelSourceFlags {
  readonly image?: string;
  readonly backends: string;
  readonly runs: number;
  readonly warmup: number;
  readonly size?: number;
}

async function chosenBackends(context: Context, typed: string): Promise<readonly string[]> {
  const known = backendEntries(await context.plugins()).map(({ name }) => name);
  if (typed === 'all') return known;
  const names = [...new Set(typed.split(',').map((name) => name.trim()))];
  for (const name of names) if (!known.includes(name)) throw unknownName('backend', name, [...known, 'all']);
  return names;
}

/** The interpreter takes minutes where others take milliseconds; one run is enough to compare labels. */
const repetitions = (backend: string, { runs, warmup }: MeasureBackendsOptions) =>
  backend === 'reference' ? { runs: 1, warmup: 0 } : { runs, warmup };

function childArguments(context: Context, backend: string, options: MeasureBackendsOptions): readonly string[] {
  const { runs, warmup } = repetitions(backend, options);
  const flags: Readonly<Record<string, string | undefined>> = {
    '--backend': backend,
    '--bundle': options.bundle,
    '--checkpoint': options.checkpoint,
    '--model': options.model,
    '--name-map': options.nameMap,
    '--labels': options.labels,
    '--image': options.image,
    '--size': options.image === undefined ? String(options.size ?? DEFAULT_SIZE) : undefined,
    '--runs': String(runs),
    '--warmup': String(warmup),
  };
  return [
    ...context.pluginPackages().flatMap((name) => ['--plugin', name]),
    'bench-backend',
    ...Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...Object.entries(options.set).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]),
  ];
}

async function measureInChild(
  context: Context,
  backend: string,
  options: MeasureBackendsOptions,
): Promise<Measurement | SkippedBackend> {
  const { code, stdout, stderr } = await context.io.runChild(childArguments(context, backend, options), context.signal);
  context.signal.throwIfAborted();
  if (code !== 0) return { backend, reason: stderr.trim() || `its process ended with code ${code}`, failed: true };
  const report = JSON.parse(stdout) as ChildReport;
  return 'unavailable' in report ? { backend, reason: report.unavailable, failed: false } : report;
}

/**
 * Measures backends one after another, each in a process of its own, so that they neither share memory nor disturb one another.
 *
 * @throws UsageError when a name is not a backend.
 */
export async function measureBackends(context: Context, options: MeasureBackendsOptions): Promise<BenchReport> {
  const names = await chosenBackends(context, options.backends);
  const measured: Measurement[] = [];
  const skipped: SkippedBackend[] = [];
  using bar = createProgressBar(context.io.stderr, names.length);
  for (const name of names) {
    const result = await measureInChild(context, name, options);
    if ('reason' in result) skipped.push(result);
    else measured.push(result);
    bar.step(name);
  }
  const { width = 0, height = 0 } = measured[0] ?? {};
  return {
    bundle: basename(options.bundle ?? options.checkpoint ?? ''),
    image: { source: options.image === undefined ? 'synthetic' : basename(options.image), width, height },
    machine: describeMachine(),
    ...summarize(measured),
    skipped,
  };
}
