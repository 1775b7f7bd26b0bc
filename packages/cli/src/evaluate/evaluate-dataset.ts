import type { Dataset } from '@atrous/data/node';
import { createConfusionMatrix } from '@atrous/metrics';
import type { Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';
import type { Context } from '../context.ts';
import { createProgressBar } from '../progress-bar.ts';
import { scoresOf, type Scores } from './scores.ts';

export interface EvaluateDatasetOptions {
  readonly segmenter: Segmenter<NodeImageSource>;
  readonly samples: Dataset['samples'];
  /** Draw no progress bar. */
  readonly quiet: boolean;
}

/**
 * Segments every picture of a data set and scores the labels against its masks, all pixels together.
 *
 * @throws DataError when a picture or mask is broken or has unknown classes, and the signal's reason when it is aborted.
 */
export async function evaluateDataset(context: Context, options: EvaluateDatasetOptions): Promise<Scores> {
  const { segmenter, samples, quiet } = options;
  const { signal } = context;
  const { classes, ignoreLabel } = segmenter.labels;
  const matrix = createConfusionMatrix(classes.length, { ignoreLabel });
  using bar = createProgressBar(context.io.stderr, samples.length, quiet);
  for (const sample of samples) {
    const { image, mask } = await sample.open({ signal });
    const { labels } = await segmenter.segment(image, { signal });
    matrix.add(mask.data, labels);
    bar.step(sample.id);
  }
  return scoresOf(matrix, segmenter.labels);
}
