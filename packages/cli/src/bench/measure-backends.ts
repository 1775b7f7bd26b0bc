import { basename } from 'node:path';
import { backendsWith } from '../backends.ts';
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
  readonly backends?: string;
  readonly runs: number;
  readonly warmup: number;
  readonly seconds: number;
  readonly size?: number;
}

async function chosenBackends(context: Context, typed: string | undefined): Promise<readonly string[]> {
  const known = backendsWith(await context.plugins()).map(({ name }) => name);
  // The interpreter takes minutes where others take milliseconds.
  if (typed === undefined) return known.filter((name) => name !== 'reference');
  if (typed === 'all') return known;
  const names = [...new Set(typed.split(',').map((name) => name.trim()))];
  for (const name of names) if (!known.includes(name)) throw unknownName('backend', name, [...known, 'all']);
  return names;
}

function childArguments(backend: string, options: MeasureBackendsOptions): readonly string[] {
  const flags: Readonly<Record<string, string | undefined>> = {
    '--backend': backend,
    '--bundle': options.bundle,
    '--checkpoint': options.checkpoint,
    '--model': options.model,
    '--name-map': options.nameMap,
    '--labels': options.labels,
    '--image': options.image,
    '--size': options.image === undefined ? String(options.size ?? DEFAULT_SIZE) : undefined,
    '--runs': String(options.runs),
    '--warmup': String(options.warmup),
    '--seconds': String(options.seconds),
  };
  return [
    ...Object.entries(flags).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...Object.entries(options.set).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]),
  ];
}

/** What a child printed; libraries may have printed before it. */
function parseReport(stdout: string): ChildReport | undefined {
  try {
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as ChildReport;
  } catch {
    return undefined;
  }
}

async function measureInChild(
  { io, signal }: Context,
  backend: string,
  argv: readonly string[],
): Promise<Measurement | SkippedBackend> {
  const { code, stdout, stderr } = await io.runChild(argv, signal);
  signal.throwIfAborted();
  const report = code === 0 ? parseReport(stdout) : undefined;
  if (report === undefined)
    return { backend, reason: stderr.trim() || `its process ended with code ${code}`, failed: true };
  return 'unavailable' in report ? { backend, reason: report.unavailable, failed: false } : report;
}

/**
 * Measures backends one after another, each in a process of its own, so that they neither share memory nor disturb one another.
 *
 * @throws UsageError when a name is not a backend.
 */
export async function measureBackends(
  context: Context,
  options: MeasureBackendsOptions,
  positional: string | undefined,
): Promise<BenchReport> {
  const names = await chosenBackends(context, options.backends);
  const machine = describeMachine();
  const measured: Measurement[] = [];
  const skipped: SkippedBackend[] = [];
  const plugins = context.pluginPackages().flatMap((name) => ['--plugin', name]);
  const source = positional === undefined ? [] : [positional];
  using bar = createProgressBar(context.io.stderr, names.length);
  for (const name of names) {
    const argv = [...plugins, 'bench-backend', ...source, ...childArguments(name, options)];
    const result = await measureInChild(context, name, argv);
    if ('reason' in result) skipped.push(result);
    else measured.push(result);
    bar.step(name);
  }
  const { network = '', width = 0, height = 0 } = measured[0] ?? {};
  return {
    network,
    image: { source: options.image === undefined ? 'synthetic' : basename(options.image), width, height },
    machine,
    ...summarize(measured),
    skipped,
  };
}
