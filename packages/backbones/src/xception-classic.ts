import {
  checkChoice,
  checkPositive,
  convBlock,
  scaleWidth,
  separableBlock,
  type NormOptions,
} from '@atrous/atrous-ops';
import { defineBackbone, type Feature, type GraphBuilder, type Node } from '@atrous/core';
import { rectify } from './xception-block.ts';

/** Options of {@link xceptionClassic}. */
export interface XceptionClassicOptions extends NormOptions {
  /** Network's width: every number of channels is multiplied by it and rounded to a multiple of 8. Any positive number. */
  readonly depthMultiplier: number;
  /** Whether the first two convolutions are padded; VainF's are not. */
  readonly padStem: boolean;
  /**
   * What a block that loses its stride is read like: as before, its pooling included, or all of it further apart and without
   * the pooling (VainF).
   */
  readonly atrousFrom: 'nextBlock' | 'sameBlock';
  /** Border of the last two convolutions: their rate, or 1 whatever the rate, so that the map shrinks (VainF). */
  readonly exitPadding: 'rate' | 'one';
  /** Whether normalisation and ReLU follow the last convolution. In VainF's network they do not: it is cut at that convolution. */
  readonly exitNorm: boolean;
}

interface Block {
  readonly filters: readonly number[];
  readonly stride: number;
}

/** Figure 5 of the paper, without its stem, its last two convolutions and its classifier. */
const BLOCKS: readonly Block[] = [
  { filters: [128, 128], stride: 2 },
  { filters: [256, 256], stride: 2 },
  { filters: [728, 728], stride: 2 },
  ...Array.from({ length: 8 }, () => ({ filters: [728, 728, 728], stride: 1 })),
  { filters: [728, 1024], stride: 2 },
];

const EXIT = [1536, 2048] as const;

const STEM = [32, 64] as const;

const scaled = (channels: readonly number[], { depthMultiplier }: XceptionClassicOptions): readonly number[] =>
  channels.map((count) => scaleWidth(count, depthMultiplier, 8));

const ONE = { top: 1, bottom: 1, left: 1, right: 1 } as const;

function checkOptions({ depthMultiplier, atrousFrom, exitPadding, norm, epsilon }: XceptionClassicOptions): void {
  checkPositive('depthMultiplier', depthMultiplier);
  checkPositive('epsilon', epsilon);
  checkChoice('atrousFrom', atrousFrom, ['nextBlock', 'sameBlock']);
  checkChoice('exitPadding', exitPadding, ['rate', 'one']);
  checkChoice('norm', norm, ['batch', 'folded']);
}

function stem(builder: GraphBuilder, image: Node, options: XceptionClassicOptions): Node {
  const { padStem, norm, epsilon } = options;
  const [first = 0, second = 0] = scaled(STEM, options);
  const shared = { kernel: 3, padding: padStem ? 'symmetric' : 'valid', nominal: true, norm, epsilon } as const;
  const half = convBlock(builder, image, { name: 'stem1', filters: first, stride: 2, ...shared });
  return convBlock(builder, half, { name: 'stem2', filters: second, ...shared });
}

function skipOf(builder: GraphBuilder, x: Node, { filters, stride }: Block, normOptions: NormOptions): Node {
  if (stride === 1) return x;
  return convBlock(builder, x, {
    name: 'skip',
    filters: filters.at(-1) ?? 0,
    kernel: 1,
    stride,
    nominal: true,
    activation: 'linear',
    ...normOptions,
  });
}

function blockOf(builder: GraphBuilder, x: Node, block: Block, options: XceptionClassicOptions): Node {
  const { norm, epsilon, atrousFrom } = options;
  const wholeBlock = atrousFrom === 'sameBlock';
  const skip = skipOf(builder, x, block, { norm, epsilon });
  let y = x;
  for (const [i, filters] of block.filters.entries()) {
    y = separableBlock(builder, rectify(builder, y, `relu${i + 1}`), {
      name: `separable${i + 1}`,
      filters,
      kernel: 3,
      padding: 'symmetric',
      nominal: true,
      densityOf: wholeBlock ? skip : undefined,
      depthwiseNorm: false,
      activation: 'linear',
      norm,
      epsilon,
    });
  }
  const pool = { name: 'pool', kernel: 3, stride: block.stride, padding: 'symmetric', nominal: true } as const;
  const branch = block.stride === 1 ? y : builder.maxPool(y, { ...pool, goesWithStride: wholeBlock });
  return builder.add([branch, skip], { name: 'add' });
}

function exitFlow(builder: GraphBuilder, x: Node, options: XceptionClassicOptions): Node {
  const { exitPadding, exitNorm, norm, epsilon } = options;
  const atrous = { kernel: 3, padding: exitPadding === 'one' ? ONE : 'symmetric', nominal: true } as const;
  const [wide = 0, last = 0] = scaled(EXIT, options);
  const shared = { ...atrous, depthwiseNorm: false, norm, epsilon } as const;
  const y = separableBlock(builder, x, { name: 'exit1', filters: wide, ...shared });
  if (exitNorm) return separableBlock(builder, y, { name: 'exit2', filters: last, ...shared });
  const spatial = builder.depthwiseConv2d(y, { name: 'exit2/depthwise', ...atrous });
  return builder.conv2d(spatial, { name: 'exit2/pointwise', filters: last, kernel: 1 });
}

/**
 * Xception as it was first, without its classifier: separable convolutions and max pooling. DeepLab v3+ itself stands on the aligned
 * `xception`.
 *
 * Features: `c1` … `c5` (64, 128, 256, 728 and 2048 channels).
 *
 * @see Chollet 2017, "Xception: Deep Learning with Depthwise Separable Convolutions", Figure 5, arXiv:1610.02357
 */
export const xceptionClassic = defineBackbone({
  name: 'xception-classic',
  description: 'Xception with max pooling, as first published (VainF)',
  defaults: {
    depthMultiplier: 1,
    padStem: true,
    atrousFrom: 'nextBlock',
    exitPadding: 'rate',
    exitNorm: true,
    norm: 'batch',
    epsilon: 1e-3,
  },
  build(builder, image, options: XceptionClassicOptions) {
    checkOptions(options);
    let x = stem(builder, image, options);
    const outputs: Feature[] = [builder.feature(x)];
    for (const [i, { filters, stride }] of BLOCKS.entries()) {
      const block = { filters: scaled(filters, options), stride };
      x = blockOf(builder.scope(`block${i + 1}`), x, block, options);
      outputs.push(builder.feature(x));
    }
    const after = (block: number): Feature => outputs[block] as Feature;
    const c5 = builder.feature(exitFlow(builder, x, options));
    return { c1: after(0), c2: after(1), c3: after(2), c4: after(11), c5 };
  },
});
