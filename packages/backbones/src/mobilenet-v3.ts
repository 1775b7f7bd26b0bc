import { checkChoice, checkPositive, convBlock, scaleWidth, type NormOptions } from '@atrous/atrous-ops';
import { defineBackbone, type Feature } from '@atrous/core';
import { invertedResidualV3 } from './inverted-residual-v3.ts';

/** Options of {@link mobilenetV3}. The defaults are torchvision's. */
export interface MobilenetV3Options extends NormOptions {
  /** Which of the two networks of the paper. */
  readonly size: 'large' | 'small';
  /** Network's width: every number of channels is multiplied by it and rounded to a multiple of 8. Any positive number. */
  readonly depthMultiplier: number;
  /** `same`: TensorFlow. `symmetric`: PyTorch. */
  readonly padding: 'same' | 'symmetric';
  /** What is read at a larger rate after a removed stride: the layer that lost it and all that follow (torchvision), or those that follow. */
  readonly atrousFrom: 'sameLayer' | 'nextLayer';
  /** Half the channels from the last stride on (the paper's segmentation networks, Google). */
  readonly reducedTail: boolean;
}

type Block = readonly [
  kernel: number,
  hidden: number,
  channels: number,
  squeezeExcite: boolean,
  activation: 'relu' | 'hardSwish',
  stride: number,
];

/** Tables 1 and 2 of the paper, without the classifier. */
const BLOCKS: Readonly<Record<MobilenetV3Options['size'], readonly Block[]>> = {
  large: [
    [3, 16, 16, false, 'relu', 1],
    [3, 64, 24, false, 'relu', 2],
    [3, 72, 24, false, 'relu', 1],
    [5, 72, 40, true, 'relu', 2],
    [5, 120, 40, true, 'relu', 1],
    [5, 120, 40, true, 'relu', 1],
    [3, 240, 80, false, 'hardSwish', 2],
    [3, 200, 80, false, 'hardSwish', 1],
    [3, 184, 80, false, 'hardSwish', 1],
    [3, 184, 80, false, 'hardSwish', 1],
    [3, 480, 112, true, 'hardSwish', 1],
    [3, 672, 112, true, 'hardSwish', 1],
    [5, 672, 160, true, 'hardSwish', 2],
    [5, 960, 160, true, 'hardSwish', 1],
    [5, 960, 160, true, 'hardSwish', 1],
  ],
  small: [
    [3, 16, 16, true, 'relu', 2],
    [3, 72, 24, false, 'relu', 2],
    [3, 88, 24, false, 'relu', 1],
    [5, 96, 40, true, 'hardSwish', 2],
    [5, 240, 40, true, 'hardSwish', 1],
    [5, 240, 40, true, 'hardSwish', 1],
    [5, 120, 48, true, 'hardSwish', 1],
    [5, 144, 48, true, 'hardSwish', 1],
    [5, 288, 96, true, 'hardSwish', 2],
    [5, 576, 96, true, 'hardSwish', 1],
    [5, 576, 96, true, 'hardSwish', 1],
  ],
};

/** The blocks from the last stride on with half the channels, which are the last three. */
const REDUCED_TAIL: Readonly<Record<MobilenetV3Options['size'], readonly Block[]>> = {
  large: [
    [5, 336, 80, true, 'hardSwish', 2],
    [5, 480, 80, true, 'hardSwish', 1],
    [5, 480, 80, true, 'hardSwish', 1],
  ],
  small: [
    [5, 144, 48, true, 'hardSwish', 2],
    [5, 288, 48, true, 'hardSwish', 1],
    [5, 288, 48, true, 'hardSwish', 1],
  ],
};

const WIDTH_DIVISOR = 8;

function blocksOf({ size, depthMultiplier, reducedTail }: MobilenetV3Options): readonly Block[] {
  const tail = reducedTail ? REDUCED_TAIL[size] : [];
  const blocks = tail.length > 0 ? [...BLOCKS[size].slice(0, -tail.length), ...tail] : BLOCKS[size];
  const scaled = (channels: number): number => scaleWidth(channels, depthMultiplier, WIDTH_DIVISOR);
  return blocks.map(([kernel, hidden, channels, ...rest]) => [kernel, scaled(hidden), scaled(channels), ...rest]);
}

function checkOptions({ size, depthMultiplier, padding, atrousFrom, norm, epsilon }: MobilenetV3Options): void {
  checkChoice('size', size, ['large', 'small']);
  checkPositive('depthMultiplier', depthMultiplier);
  checkChoice('padding', padding, ['same', 'symmetric']);
  checkChoice('atrousFrom', atrousFrom, ['sameLayer', 'nextLayer']);
  checkChoice('norm', norm, ['batch', 'folded']);
  checkPositive('epsilon', epsilon);
}

/** The outputs that end each nominal stride, and the first one at stride 8; the stem is 0, the last convolution follows the last block. */
const LEVELS = {
  large: { c1: 1, c2: 3, c3First: 4, c3: 6, c4: 12, c5: 16 },
  small: { c1: 0, c2: 1, c3First: 2, c3: 3, c4: 8, c5: 12 },
} as const;

const STEM_CHANNELS = 16;

/** The last convolution is this many times as wide as what it reads. */
const LAST_EXPANSION = 6;

/**
 * MobileNetV3 without its classifier: a convolution, 15 (large) or 11 (small) inverted residuals, many of them with
 * squeeze-and-excitation, and a 1×1 convolution.
 *
 * Features: `c1` … `c5` (large: 16, 24, 40, 112 and 960 channels); `c3First`, the first block at stride 8, which torchvision's
 * low-level and auxiliary branches read; and `c3Expanded`, the inside of the block of `c3`, which Google's low-level branch reads.
 *
 * @see Howard et al. 2019, "Searching for MobileNetV3", Tables 1 and 2, arXiv:1905.02244
 */
export const mobilenetV3 = defineBackbone({
  name: 'mobilenet-v3',
  description: 'MobileNetV3: inverted residuals with squeeze-and-excitation, large or small',
  defaults: {
    size: 'large',
    depthMultiplier: 1,
    padding: 'symmetric',
    atrousFrom: 'sameLayer',
    reducedTail: false,
    norm: 'batch',
    epsilon: 1e-3,
  },
  build(builder, image, options: MobilenetV3Options) {
    checkOptions(options);
    const { size, depthMultiplier, padding, norm, epsilon } = options;
    const shared = { padding, atrousAtStride: options.atrousFrom === 'sameLayer', norm, epsilon };
    const ends = { kernel: 3, padding, activation: 'hardSwish', norm, epsilon } as const;
    const stem = scaleWidth(STEM_CHANNELS, depthMultiplier, WIDTH_DIVISOR);
    let x = convBlock(builder, image, { name: 'stem', filters: stem, stride: 2, nominal: true, ...ends });
    const outputs: Feature[] = [builder.feature(x)];
    const insides: Feature[] = [];
    for (const [kernel, hidden, filters, squeezeExcite, activation, stride] of blocksOf(options)) {
      const scope = builder.scope(`block${outputs.length}`);
      const block = { kernel, hidden, filters, squeezeExcite, activation, stride, ...shared };
      const { expanded, output } = invertedResidualV3(scope, x, block);
      insides.push(builder.feature(expanded));
      outputs.push(builder.feature(output));
      x = output;
    }
    const filters = LAST_EXPANSION * (x.shape[3] ?? 0);
    outputs.push(builder.feature(convBlock(builder, x, { name: 'last', filters, ...ends, kernel: 1 })));
    const levels = Object.entries(LEVELS[size]).map(([level, index]) => [level, outputs[index] as Feature] as const);
    return { ...Object.fromEntries(levels), c3Expanded: insides[LEVELS[size].c3 - 1] as Feature };
  },
});
