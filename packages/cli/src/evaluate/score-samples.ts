import type { LongRunningOptions } from '@atrous/core';
import type { Dataset } from '@atrous/data';
import { createConfusionMatrix, type ConfusionMatrix, type LabelPair } from '@atrous/metrics';
import type { SegmentCrf, Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';

/** Options of {@link scoreSamples}. */
export interface ScoreSamplesOptions extends LongRunningOptions {
  /** What labels are put through before they are counted. Default: nothing. */
  readonly crf?: SegmentCrf | undefined;
  /** Takes the labels of each picture, for scores that a confusion matrix does not hold. */
  readonly onLabels?: ((pair: LabelPair) => void) | undefined;
  /** Takes the labels as they are without the CRF, for which the network runs once more. */
  readonly onLabelsWithoutCrf?: ((pair: LabelPair) => void) | undefined;
}

/**
 * Segments the pictures of samples and counts the labels against their masks, all pixels together.
 *
 * Progress is reported in the phase `evaluate`, with the samples' names.
 *
 * @throws DataError when a picture or mask is broken or has unknown classes, and the signal's reason when it is aborted.
 */
export async function scoreSamples(
  segmenter: Segmenter<NodeImageSource>,
  samples: Dataset['samples'],
  { crf, signal, onProgress, onLabels, onLabelsWithoutCrf }: ScoreSamplesOptions = {},
): Promise<ConfusionMatrix> {
  const { classes, ignoreLabel } = segmenter.labels;
  const matrix = createConfusionMatrix(classes.length, { ignoreLabel });
  for (const [index, sample] of samples.entries()) {
    const { image, mask } = await sample.open({ signal });
    const pairWith = async (crf: SegmentCrf | undefined): Promise<LabelPair> => {
      const { labels } = await segmenter.segment(image, { crf, signal });
      return { truth: mask.data, predicted: labels, width: mask.width };
    };
    const pair = await pairWith(crf);
    matrix.add(pair.truth, pair.predicted);
    onLabels?.(pair);
    onLabelsWithoutCrf?.(await pairWith(undefined));
    onProgress?.({ phase: 'evaluate', completed: index + 1, total: samples.length, item: sample.id });
  }
  return matrix;
}
