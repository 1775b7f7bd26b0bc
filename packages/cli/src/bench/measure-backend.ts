import type { OpDefinition, Runtime } from '@atrous/core';
import type { RgbaImage } from '@atrous/data';
import { createSegmenter } from '@atrous/segmenter';
import type { Bundle } from '@atrous/weights';
import { packLabels, type Measurement } from './measurement.ts';

export interface MeasureBackendOptions {
  readonly bundle: Bundle;
  readonly runtime: Runtime;
  readonly ops: readonly OpDefinition[];
  readonly detail: string;
  readonly image: RgbaImage;
  readonly runs: number;
  readonly warmup: number;
  readonly signal: AbortSignal;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Times one backend in this process: compile, first image, then `runs` images after `warmup` more. */
export async function measureBackend(options: MeasureBackendOptions): Promise<Measurement> {
  const { bundle, runtime, ops, detail, image, runs, warmup, signal } = options;
  const compile = await timed(() => createSegmenter({ bundle, runtime, ops, signal }));
  using segmenter = compile.result;
  const first = await timed(() => segmenter.segment(image, { signal }));
  for (let run = 0; run < warmup; run++) await segmenter.segment(image, { signal });
  const runsMs: number[] = [];
  for (let run = 0; run < runs; run++) runsMs.push((await timed(() => segmenter.segment(image, { signal }))).ms);
  const { width, height, labels } = first.result;
  return {
    backend: runtime.name,
    detail,
    compileMs: compile.ms,
    firstMs: first.ms,
    runsMs,
    // Kibibytes on every platform.
    peakBytes: process.resourceUsage().maxRSS * 1024,
    width,
    height,
    labels: packLabels(labels),
  };
}
