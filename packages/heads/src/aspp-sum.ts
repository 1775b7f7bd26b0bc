import { checkCount, checkShare, convRelu, nominalRate } from '@atrous/atrous-ops';
import { defineHead, ShapeError, type Feature, type GraphBuilder, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link asppSum}. The defaults are ASPP-L on VGG-16. */
export interface AsppSumOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Channels of the result, which is the network's: background counts. */
  readonly numClasses: number;
  /** Rate of each branch at output stride 8: 6, 12, 18, 24 in ASPP-L; 2, 4, 8, 12 in ASPP-S. */
  readonly atrousRates: readonly number[];
  /** Channels of fc6 and fc7 in each branch (VGG-16); 0: the atrous 3×3 convolution gives the scores itself (ResNet). */
  readonly hiddenChannels: number;
  /** Share dropped after fc6 and fc7 while training. */
  readonly dropout: number;
}

function checkOptions({ numClasses, atrousRates, hiddenChannels, dropout }: AsppSumOptions): void {
  checkCount('numClasses', numClasses);
  if (atrousRates.length === 0)
    throw new ShapeError('atrousRates is empty, expected a rate for every branch', { code: 'OPTION' });
  for (const rate of atrousRates) checkCount('atrousRates', rate);
  if (hiddenChannels !== 0) checkCount('hiddenChannels', hiddenChannels);
  checkShare('dropout', dropout);
}

function branch(
  builder: GraphBuilder,
  { node: x, nominalStride }: Feature,
  rate: number,
  { numClasses, hiddenChannels: filters, dropout }: AsppSumOptions,
): Node {
  const atrous = { kernel: 3, atrousRate: nominalRate(rate, 8, nominalStride), nominal: true };
  const scores = { name: 'scores', filters: numClasses, useBias: true };
  if (filters === 0) return builder.conv2d(x, { ...scores, ...atrous });
  const drop = (after: Node, name: string): Node =>
    dropout > 0 ? builder.dropout(after, { name: `${name}/dropout`, rate: dropout }) : after;
  const fc6 = drop(convRelu(builder, x, { name: 'fc6', filters, ...atrous }), 'fc6');
  const fc7 = drop(convRelu(builder, fc6, { name: 'fc7', filters, kernel: 1 }), 'fc7');
  return builder.conv2d(fc7, { ...scores, kernel: 1 });
}

/**
 * Atrous spatial pyramid pooling as it was first: classifiers at several rates side by side, their scores summed. No classifier follows.
 *
 * Reads `[n, h, w, c]` at the output stride, gives `[n, h, w, numClasses]`.
 *
 * @see Chen et al. 2016, "DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, Atrous Convolution, and Fully Connected CRFs", §3.2, arXiv:1606.00915
 */
export const asppSum = defineHead({
  name: 'aspp-sum',
  description: 'Atrous spatial pyramid pooling with summed scores (DeepLab v2)',
  defaults: { input: 'c5', numClasses: 21, atrousRates: [6, 12, 18, 24], hiddenChannels: 1024, dropout: 0.5 },
  build(builder, features, _image, options: AsppSumOptions) {
    checkOptions(options);
    const feature = featureOf(features, options.input, 'aspp-sum');
    const scores = options.atrousRates.map((rate, i) =>
      branch(builder.scope(`branch${i + 1}`), feature, rate, options),
    );
    return scores.length === 1 ? (scores[0] as Node) : builder.add(scores, { name: 'sum' });
  },
});
