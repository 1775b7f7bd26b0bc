import { bottleneckUnit, checkChoice, checkCount, checkPositive, type NormOptions } from '@atrous/atrous-ops';
import { defineHead, ShapeError } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** Options of {@link cascade}. The defaults are the paper's best. */
export interface CascadeOptions extends NormOptions {
  /** Level of the backbone's features to read: the end of block 4. */
  readonly input: string;
  /** Number of the last block: 5, 6 or 7 in the paper. */
  readonly lastBlock: number;
  /** Factors of the rates, one per unit of a block; the backbone's last block has the same. */
  readonly multiGrid: readonly number[];
  /** Shortcut of the first unit of each block: a 1×1 convolution as in block 4, or none, as TensorFlow does where channels agree. */
  readonly shortcut: 'projection' | 'identity';
}

function checkOptions({ lastBlock, multiGrid, shortcut, norm, epsilon }: CascadeOptions): void {
  checkCount('lastBlock', lastBlock);
  if (lastBlock < 5)
    throw new ShapeError(`lastBlock is ${lastBlock}, expected at least 5: block 4 is the backbone's`, {
      code: 'OPTION',
    });
  for (const factor of multiGrid) checkCount('multiGrid', factor);
  if (multiGrid.length === 0)
    throw new ShapeError('multiGrid is empty, expected a factor for every unit', { code: 'OPTION' });
  checkChoice('shortcut', shortcut, ['projection', 'identity']);
  checkChoice('norm', norm, ['batch', 'folded']);
  checkPositive('epsilon', epsilon);
}

/**
 * Going deeper with atrous convolution: copies of ResNet's last block, each with a stride of 2, or at twice the rate of the one before.
 *
 * Reads `[n, h, w, c]`, gives `[n, h', w', c]`: of the same size up to output stride 32, and down to output stride 256 with block 7.
 *
 * @see Chen et al. 2017, "Rethinking Atrous Convolution", §3.2, arXiv:1706.05587
 */
export const cascade = defineHead({
  name: 'cascade',
  description: 'Blocks 5 to 7 of ResNet at growing rates (DeepLab v3)',
  defaults: {
    input: 'c5',
    lastBlock: 7,
    multiGrid: [1, 2, 1],
    shortcut: 'projection',
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, features, _image, options: CascadeOptions) {
    checkOptions(options);
    const { lastBlock, multiGrid, shortcut, norm, epsilon } = options;
    const { node, channels } = featureOf(features, options.input, 'cascade');
    let x = node;
    for (let block = 5; block <= lastBlock; block++)
      for (const [unit, factor] of multiGrid.entries())
        x = bottleneckUnit(builder.scope(`block${block}/unit${unit + 1}`), x, {
          width: channels / 4,
          stride: unit === 0 ? 2 : 1,
          atrousAtStride: true,
          atrousRate: factor,
          shortcut: unit === 0 ? shortcut : 'identity',
          norm,
          epsilon,
        }).output;
    return x;
  },
});
