import { checkChoice, checkPositive, convBlock, type NormOptions } from '@atrous/atrous-ops';
import { defineBackbone, type Feature } from '@atrous/core';
import { invertedResidualV3 } from './inverted-residual-v3.ts';

/** Options of {@link mobilenetV3}. The defaults are torchvision's. */
export interface MobilenetV3Options extends NormOptions {
  /** Which of the two networks of the paper. */
  readonly size: 'large' | 'small';
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

/** The outputs that end each nominal stride, and the first one at stride 8; the stem is 0, the last convolution follows the last block. */
const LEVELS = {
  large: { c1: 1, c2: 3, c3First: 4, c3: 6, c4: 12, c5: 16 },
  small: { c1: 0, c2: 1, c3First: 2, c3: 3, c4: 8, c5: 12 },
} as const;

/** The last convolution is this many times as wide as what it reads. */
const LAST_EXPANSION = 6;

/**
 * MobileNetV3 without its classifier: a convolution, 15 (large) or 11 (small) inverted residuals, many of them with
 * squeeze-and-excitation, and a 1×1 convolution.
 *
 * Features: `c1` … `c5` (large: 16, 24, 40, 112 and 960 channels), and `c3First`, the first block at stride 8, which torchvision's
 * low-level and auxiliary branches read.
 *
 * @see Howard et al. 2019, "Searching for MobileNetV3", Tables 1 and 2, arXiv:1905.02244
 */
export const mobilenetV3 = defineBackbone({
  name: 'mobilenet-v3',
  description: 'MobileNetV3: inverted residuals with squeeze-and-excitation, large or small',
  defaults: { size: 'large', norm: 'batch', epsilon: 1e-3 },
  build(builder, image, { size, norm, epsilon }: MobilenetV3Options) {
    checkChoice('size', size, ['large', 'small']);
    checkChoice('norm', norm, ['batch', 'folded']);
    checkPositive('epsilon', epsilon);
    const ends = { kernel: 3, padding: 'symmetric', activation: 'hardSwish', norm, epsilon } as const;
    let x = convBlock(builder, image, { name: 'stem', filters: 16, stride: 2, nominal: true, ...ends });
    const outputs: Feature[] = [builder.feature(x)];
    for (const [kernel, hidden, filters, squeezeExcite, activation, stride] of BLOCKS[size]) {
      const block = builder.scope(`block${outputs.length}`);
      x = invertedResidualV3(block, x, { kernel, hidden, filters, squeezeExcite, activation, stride, norm, epsilon });
      outputs.push(builder.feature(x));
    }
    const filters = LAST_EXPANSION * (x.shape[3] ?? 0);
    outputs.push(builder.feature(convBlock(builder, x, { name: 'last', filters, ...ends, kernel: 1 })));
    const levels = Object.entries(LEVELS[size]).map(([level, index]) => [level, outputs[index] as Feature] as const);
    return Object.fromEntries(levels);
  },
});
