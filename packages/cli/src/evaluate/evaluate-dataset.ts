import type { Dataset } from '@atrous/data';
import type { SegmentCrf, Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';
import type { Context } from '../context.ts';
import { createProgressBar } from '../progress-bar.ts';
import { createBoundaryCounts, type BoundaryFlags, type BoundaryScores } from './boundary-scores.ts';
import { scoreSamples } from './score-samples.ts';
import { scoresOf, type Scores } from './scores.ts';

export interface EvaluateDatasetOptions {
  readonly segmenter: Segmenter<NodeImageSource>;
  readonly samples: Dataset['samples'];
  /** Scores near borders besides the usual ones. */
  readonly near: BoundaryFlags;
  /** What labels are put through before they are scored. */
  readonly crf: SegmentCrf | undefined;
  /** Draw no progress bar. */
  readonly quiet: boolean;
}

/** Everything that is said of a network on a data set. */
export type Evaluation = Scores & BoundaryScores;

/** Scores a network on a data set, with a progress bar. Throws as {@link scoreSamples}. */
export async function evaluateDataset(context: Context, options: EvaluateDatasetOptions): Promise<Evaluation> {
  const { segmenter, samples, near, crf, quiet } = options;
  const counts = createBoundaryCounts(segmenter.labels, near);
  const plain = crf && near.trimap && createBoundaryCounts(segmenter.labels, { trimap: near.trimap });
  using bar = createProgressBar(context.io.stderr, samples.length, quiet);
  const matrix = await scoreSamples(segmenter, samples, {
    crf,
    signal: context.signal,
    onProgress: ({ item = '' }) => bar.step(item),
    onLabels: (pair) => counts.add(pair),
    ...(plain && { onLabelsWithoutCrf: (pair) => plain.add(pair) }),
  });
  const withoutCrf = plain?.scores().trimap;
  return {
    ...scoresOf(matrix, segmenter.labels),
    ...counts.scores(),
    ...(withoutCrf && { trimapWithoutCrf: withoutCrf }),
  };
}
