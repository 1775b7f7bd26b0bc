import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabelMap } from '@atrous/core';
import { energiesFromLabels, energiesFromProbabilities } from '@atrous/crf';
import { decodeMask, type DatasetSample, type LabelMask, type RgbaImage } from '@atrous/data';
import { borderDistances, type Labels } from '@atrous/metrics';
import type { Segmenter } from '@atrous/segmenter';
import type { NodeImageSource } from '@atrous/segmenter/node';

/** What is known of a picture before the CRF. */
export interface Prediction {
  /** The labels that it would have without one. */
  readonly labels: Labels;
  /** Energies `[h, w, c]`. */
  readonly unary: Float32Array;
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
    return { labels, unary: energiesFromProbabilities(probabilities as Float32Array) };
  },
});

/** How far label maps are to be trusted, 0 … 1. */
export interface Trust {
  readonly confidence: number;
  /** Within this many pixels of another label they are trusted less. */
  readonly borderWidth: number;
  readonly borderConfidence: number;
}

/** The probability of each pixel's label: at borders less, but no less than that of any other label. */
function confidences({ data, width }: LabelMask, numClasses: number, trust: Trust): Float32Array {
  const least = 1 / numClasses;
  return Float32Array.from(borderDistances(data, width), (distance) =>
    Math.max(least, distance <= trust.borderWidth ? trust.borderConfidence : trust.confidence),
  );
}

/** What a folder of label maps says, `ID.png` for each picture. */
export function folderPredictor(folder: string, { classes }: LabelMap, trust: Trust): Predictor {
  const fileOf = ({ id }: DatasetSample): string => join(folder, `${id}.png`);
  const numClasses = classes.length;
  return {
    has: (sample) => existsSync(fileOf(sample)),
    async predict(sample, _, signal) {
      const map = decodeMask(await readFile(fileOf(sample), { signal }));
      const confidence = confidences(map, numClasses, trust);
      return { labels: map.data, unary: energiesFromLabels({ labels: map.data, numClasses, confidence }) };
    },
  };
}
