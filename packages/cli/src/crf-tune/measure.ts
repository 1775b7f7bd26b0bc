import type { LabelMap } from '@atrous/core';
import { createDenseCrf, type CrfImage, type DenseCrf } from '@atrous/crf';
import type { DatasetSample } from '@atrous/data';
import type { LabelPair } from '@atrous/metrics';
import type { Context } from '../context.ts';
import type { CrfEngineOptions } from '../crf/open-crf-engine.ts';
import { createProgressBar } from '../progress-bar.ts';
import { countPair, type Metric } from './metric.ts';
import type { Prediction, Predictor } from './predictor.ts';
import type { Setting, Treatment } from './setting.ts';
import type { TuningLog } from './tuning-log.ts';

/** What the papers did not tune. */
export const FIXED = { gaussianWeight: 3, gaussianXyStd: 3 } as const;

/** Options of {@link measureSettings}. */
export interface MeasureOptions {
  readonly samples: readonly DatasetSample[];
  readonly predictor: Predictor;
  readonly labels: LabelMap;
  readonly metric: Metric;
  /** Of mean field. */
  readonly iterations: number;
  readonly engine: CrfEngineOptions;
  readonly log: TuningLog;
  /** Beside the progress bar. */
  readonly title: string;
  /** Draw no progress bar. */
  readonly quiet: boolean;
}

interface Step {
  readonly crf: DenseCrf;
  readonly prediction: Prediction;
  readonly iterations: number;
  readonly signal: AbortSignal;
}

async function labelsOf(
  treatment: Treatment,
  { crf, prediction, iterations, signal }: Step,
): Promise<LabelPair['predicted']> {
  if (treatment === 'none') return prediction.labels;
  const { labels } = await crf.run({ unary: prediction.unary, ...treatment, ...FIXED, iterations, signal });
  return labels;
}

/** One CRF for pictures of any size, so that they share an engine and its memory. */
function keepContext(engine: CrfEngineOptions) {
  let context: DenseCrf | undefined;
  return {
    async contextFor(image: CrfImage): Promise<DenseCrf> {
      if (context === undefined) context = await createDenseCrf({ image, ...engine });
      else context.setImage(image);
      return context;
    },
    [Symbol.dispose]: () => context?.dispose(),
  };
}

/** Measures what is not in the log yet: pictures one after another, each with all settings, which share its lattices. */
export async function measureSettings(
  context: Context,
  settings: readonly Setting[],
  options: MeasureOptions,
): Promise<void> {
  const { samples, predictor, labels, metric, iterations, engine, log, title, quiet } = options;
  const { signal } = context;
  const missing = samples.map((sample) => ({
    sample,
    treatments: ['none' as const, ...settings].filter((treatment) => log.get(sample.id, treatment) === undefined),
  }));
  const total = missing.reduce((sum, { treatments }) => sum + treatments.length, 0);
  using bar = createProgressBar(context.io.stderr, total, quiet);
  using keeper = keepContext(engine);
  for (const { sample, treatments } of missing) {
    if (treatments.length === 0) continue;
    const { image, mask } = await sample.open({ signal });
    const prediction = await predictor.predict(sample, image, signal);
    const crf = await keeper.contextFor(image);
    for (const treatment of treatments) {
      const predicted = await labelsOf(treatment, { crf, prediction, iterations, signal });
      log.add(sample.id, treatment, countPair(labels, metric, { truth: mask.data, predicted, width: mask.width }));
      bar.step(`${title}: ${sample.id}`);
    }
  }
}
