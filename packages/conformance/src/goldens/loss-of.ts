import {
  atLabelSize,
  crossEntropy,
  dice,
  focal,
  focalOfMean,
  hardPixelCrossEntropy,
  lovasz,
  type Loss,
  type Normalization,
} from '@atrous/train';

/** A case of `ops/losses.json`. */
export interface LossGolden {
  readonly id: string;
  readonly value: number;
  readonly gamma?: number;
  readonly alpha?: number;
  readonly beta?: number;
  readonly thresh?: number;
  readonly min_kept?: number;
  readonly fraction?: number;
  readonly classes?: 'present' | 'all';
  readonly per_image?: boolean;
}

const CROSS_ENTROPIES: Readonly<Record<string, Normalization>> = {
  ce_mean_valid: 'weights',
  ce_weighted_torch: 'weights',
  ce_weighted_sum: 'none',
  ce_weighted_by_nonzero: 'non-zero-weights',
  ce_over_all_pixels: 'pixels',
  ce_mean_div_batch: 'weights-and-images',
  ce_all_ignored: 'weights',
};

/** The loss that a case means; its id says which formula, its properties with what. */
export function lossOf(golden: LossGolden, classWeights: readonly number[] | undefined): Loss {
  const { gamma, alpha, beta, thresh, min_kept: minKept, fraction, classes, per_image: perImage } = golden;
  const name = golden.id.replace(/_\d+x\d+x\d+x\d+$/, '');
  const normalization = CROSS_ENTROPIES[name];
  if (normalization !== undefined) return crossEntropy({ classWeights, normalization });
  if (name === 'ce_upsampled_ac1') return atLabelSize(crossEntropy(), 'alignCorners');
  if (name === 'ce_upsampled_ac0') return atLabelSize(crossEntropy(), 'halfPixel');
  const [, smoothing] = /^ce_label_smoothing_(.+)$/.exec(name) ?? [];
  if (smoothing !== undefined) return crossEntropy({ labelSmoothing: Number(smoothing) });
  if (name.startsWith('focal_mean_valid')) return focal({ gamma, alpha });
  if (name.startsWith('focal_mean_all')) return focal({ gamma, alpha, normalization: 'pixels' });
  if (name.startsWith('focal_weighted_all')) return focal({ gamma, alpha, classWeights, normalization: 'pixels' });
  if (name.startsWith('focal_of_mean')) return focalOfMean({ gamma, alpha, classWeights });
  if (name === 'dice_masked') return dice();
  if (name.startsWith('dice_')) return dice({ beta, ignoredCount: 'predicted' });
  if (thresh !== undefined && minKept !== undefined) return hardPixelCrossEntropy({ threshold: thresh, minKept });
  if (fraction !== undefined) return hardPixelCrossEntropy({ fraction });
  if (name.startsWith('lovasz_')) return lovasz({ classes, perImage });
  throw new Error(`no loss is called ${name}`);
}
