import type { Dataset } from '@atrous/data';
import type { Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';
import type { Context } from '../context.ts';
import { createProgressBar } from '../progress-bar.ts';
import { scoreSamples } from './score-samples.ts';
import { scoresOf, type Scores } from './scores.ts';

export interface EvaluateDatasetOptions {
  readonly segmenter: Segmenter<NodeImageSource>;
  readonly samples: Dataset['samples'];
  /** Draw no progress bar. */
  readonly quiet: boolean;
}

/** Scores a network on a data set, with a progress bar. Throws as {@link scoreSamples}. */
export async function evaluateDataset(context: Context, options: EvaluateDatasetOptions): Promise<Scores> {
  const { segmenter, samples, quiet } = options;
  using bar = createProgressBar(context.io.stderr, samples.length, quiet);
  const matrix = await scoreSamples(segmenter, samples, {
    signal: context.signal,
    onProgress: ({ item = '' }) => bar.step(item),
  });
  return scoresOf(matrix, segmenter.labels);
}
