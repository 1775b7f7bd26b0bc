import type { OpDefinition, Runtime } from '@atrous/core';
import type { RgbaImage } from '@atrous/data';
import { createSegmenter } from '@atrous/segmenter';
import type { Bundle } from '@atrous/weights';
import { packLabels, type Measurement } from './measurement.ts';

export interface MeasureBackendOptions {
  readonly bundle: Bundle;
  /** What to call it. */
  readonly network: string;
  readonly runtime: Runtime;
  readonly ops: readonly OpDefinition[];
  readonly detail: string;
  readonly image: RgbaImage;
  /** Timed runs at most; at least one is made. */
  readonly runs: number;
  /** Runs before that, at most. */
  readonly warmup: number;
  /** No more runs are begun this long after the first image. */
  readonly seconds: number;
  readonly signal: AbortSignal;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly result: T }> {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
}

/** Times one backend in this process: compile, first image, warm-up, then images one by one. */
export async function measureBackend(options: MeasureBackendOptions): Promise<Measurement> {
  const { bundle, network, runtime, ops, detail, image, runs, warmup, seconds, signal } = options;
  const compile = await timed(() => createSegmenter({ bundle, runtime, ops, signal }));
  using segmenter = compile.result;
  const segment = () => timed(() => segmenter.segment(image, { signal }));
  const first = await segment();
  const end = performance.now() + seconds * 1000;
  for (let run = 0; run < warmup && performance.now() < end; run++) await segment();
  const runsMs = [(await segment()).ms];
  while (runsMs.length < runs && performance.now() < end) runsMs.push((await segment()).ms);
  const { width, height, labels } = first.result;
  return {
    backend: runtime.name,
    network,
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
