import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabelMap } from '@atrous/core';
import type { UnarySource } from '@atrous/crf';
import { decodeMask, type DatasetSample, type RgbaImage } from '@atrous/data';
import type { Labels } from '@atrous/metrics';
import type { Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';

/** What is known of a picture before the CRF. */
export interface Prediction {
  /** The labels that it would have without one. */
  readonly labels: Labels;
  readonly unary: UnarySource;
}

/** Labels pictures before the CRF. */
export interface Predictor {
  /** Whether there is a prediction of a picture. */
  has(sample: DatasetSample): boolean;
  predict(sample: DatasetSample, image: RgbaImage, signal: AbortSignal): Promise<Prediction>;
}

/** What a network says. */
export const networkPredictor = (segmenter: Segmenter<NodeImageSource>): Predictor => ({
  has: () => true,
  async predict(_, image, signal) {
    const { labels, probabilities } = await segmenter.segment(image, { probabilities: true, signal });
    return { labels, unary: { probabilities: probabilities as Float32Array } };
  },
});

/**
 * What a folder of label maps says, `ID.png` for each picture.
 *
 * @param confidence that a label is right, between 0 and 1.
 */
export function folderPredictor(folder: string, { classes }: LabelMap, confidence: number): Predictor {
  const fileOf = ({ id }: DatasetSample): string => join(folder, `${id}.png`);
  return {
    has: (sample) => existsSync(fileOf(sample)),
    async predict(sample, _, signal) {
      const { data: labels } = decodeMask(await readFile(fileOf(sample), { signal }));
      return { labels, unary: { labels, numClasses: classes.length, confidence } };
    },
  };
}
