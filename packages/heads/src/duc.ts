import { checkCount } from '@atrous/atrous-ops';
import { defineHead } from '@atrous/core';
import { asppSum } from './aspp-sum.ts';

/** Options of {@link duc}. The defaults are TuSimple's for Cityscapes. */
export interface DucOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** Channels of the result, which is the network's. */
  readonly numClasses: number;
  /** How many times larger the result is than `input`: 8 at output stride 8 gives every pixel, 4 every second. */
  readonly enlargement: number;
  /** Rates at output stride 8 of the branches whose scores are summed. */
  readonly atrousRates: readonly number[];
}

/**
 * Dense upsampling convolution: every position predicts a square of pixels, as channels, which are then laid out.
 *
 * Reads `[n, h, w, c]`, gives `[n, h · enlargement, w · enlargement, numClasses]`. No classifier follows.
 *
 * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §3.1, arXiv:1702.08502
 */
export const duc = defineHead({
  name: 'duc',
  description: 'Dense upsampling convolution: scores of a square of pixels as channels (TuSimple)',
  defaults: { input: 'c5', numClasses: 19, enlargement: 4, atrousRates: [6, 12, 18, 24] },
  build(builder, features, image, { input, numClasses, enlargement: blockSize, atrousRates }: DucOptions) {
    checkCount('numClasses', numClasses);
    checkCount('enlargement', blockSize);
    const channels = numClasses * blockSize ** 2;
    const scores = asppSum({ input, numClasses: channels, atrousRates, hiddenChannels: 0, dropout: 0 });
    return builder.depthToSpace(scores.build(builder, features, image), { name: 'shuffle', blockSize, order: 'crr' });
  },
});
