import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { formatMiB, formatMs } from '../format.ts';
import { formatTable, type Column } from '../table.ts';
import { unpackLabels, type Measurement } from './measurement.ts';
import { agreement, median, percentile } from './statistics.ts';

/** One line of the table. */
export interface BackendSummary {
  readonly backend: string;
  readonly detail: string;
  readonly compileMs: number;
  readonly firstMs: number;
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly runs: number;
  readonly peakBytes: number;
  /** Share of pixels labelled as on the backend compared with, 0 … 1. */
  readonly agreement: number;
}

/** A backend that was not measured, or failed while it was. */
export interface SkippedBackend {
  readonly backend: string;
  readonly reason: string;
  /** It should have worked. */
  readonly failed: boolean;
}

/** Everything a benchmark found, as written by `--json`. */
export interface BenchReport {
  /** Name of the bundle, or checkpoint and network. */
  readonly network: string;
  readonly image: { readonly source: string; readonly width: number; readonly height: number };
  readonly machine: {
    readonly cpu: string;
    readonly threads: number;
    readonly memoryBytes: number;
    /** Programs that wanted a thread, on average of the minute before; 0 on Windows, which does not tell. */
    readonly loadAverage: number;
    readonly node: string;
    readonly platform: string;
  };
  /** The backend that labels are compared with. */
  readonly comparedWith: string;
  readonly backends: readonly BackendSummary[];
  readonly skipped: readonly SkippedBackend[];
}

/** The machine that a benchmark is about to run on. */
export const describeMachine = (): BenchReport['machine'] => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  threads: availableParallelism(),
  memoryBytes: totalmem(),
  loadAverage: loadavg()[0] ?? 0,
  node: process.version,
  platform: `${process.platform}-${process.arch}`,
});

/** Turns measurements into lines; labels are compared with the reference backend's, or the first one's. */
export function summarize(measurements: readonly Measurement[]): Pick<BenchReport, 'comparedWith' | 'backends'> {
  const base = measurements.find(({ backend }) => backend === 'reference') ?? measurements[0];
  if (base === undefined) return { comparedWith: '', backends: [] };
  const expected = unpackLabels(base.labels);
  const backends = measurements.map(({ backend, detail, compileMs, firstMs, runsMs, peakBytes, labels }) => ({
    backend,
    detail,
    compileMs,
    firstMs,
    medianMs: median(runsMs),
    p95Ms: percentile(runsMs, 0.95),
    runs: runsMs.length,
    peakBytes,
    agreement: agreement(expected, unpackLabels(labels)),
  }));
  return { comparedWith: base.backend, backends };
}

const COLUMNS: readonly Column[] = [
  { title: 'backend' },
  { title: 'compile ms', numeric: true },
  { title: 'first ms', numeric: true },
  { title: 'median ms', numeric: true },
  { title: 'p95 ms', numeric: true },
  { title: 'runs', numeric: true },
  { title: 'peak MiB', numeric: true },
  { title: 'same labels', numeric: true },
  { title: 'on' },
];

/** The table a person reads. */
export function formatReport({ backends, skipped, comparedWith, machine }: BenchReport): string {
  const rows = backends.map((line) => [
    line.backend,
    formatMs(line.compileMs),
    formatMs(line.firstMs),
    formatMs(line.medianMs),
    formatMs(line.p95Ms),
    String(line.runs),
    formatMiB(line.peakBytes),
    `${(line.agreement * 100).toFixed(2)} %`,
    line.detail,
  ]);
  const lines = rows.length > 0 ? [formatTable(COLUMNS, rows), `Labels compared with ${comparedWith}.`] : [];
  const { loadAverage, threads } = machine;
  return [
    ...lines,
    ...(loadAverage > threads / 4
      ? [`The machine was busy, load average ${loadAverage.toFixed(1)} on ${threads} threads: a quiet one is faster.`]
      : []),
    ...skipped.map(({ backend, reason, failed }) => `${failed ? 'failed' : 'skipped'} ${backend}: ${reason}`),
  ].join('\n');
}
