import {
  checkChoice,
  checkCount,
  checkPositive,
  checkShare,
  convBlock,
  nominalRate,
  separableBlock,
  type NormOptions,
} from '@atrous/atrous-ops';
import { defineHead, ShapeError, type Feature, type GraphBuilder, type Node } from '@atrous/core';
import { featureOf } from './feature-of.ts';

/** One branch of a cell, as the published JSON files have it. */
export interface CellBranch {
  readonly op: 'conv';
  /** 3: atrous separable; 1: a plain 1×1, whose rate is not read. */
  readonly kernel: 1 | 3;
  /** At output stride 16, height and width; doubled at 8. */
  readonly rate: readonly [height: number, width: number];
  /** −1: the backbone's features; otherwise an earlier branch, counted from 0. */
  readonly input: number;
}

/** Options of {@link densePredictionCell}. The defaults are the cell that was found for Cityscapes. */
export interface DensePredictionCellOptions extends NormOptions {
  /** Level of the backbone's features to read. */
  readonly input: string;
  /** The architecture: the content of a published `dense_prediction_cell_*.json`. */
  readonly cell: readonly CellBranch[];
  /** Channels of every branch and of the result. */
  readonly channels: number;
  /** Share dropped before the projection while training. */
  readonly dropout: number;
}

function checkBranch({ op, kernel, rate, input }: CellBranch, index: number): void {
  checkChoice(`op of branch ${index}`, op, ['conv']);
  if (kernel !== 1 && kernel !== 3)
    throw new ShapeError(`kernel of branch ${index} is ${String(kernel)}, expected 1 or 3`, { code: 'OPTION' });
  if (kernel === 3) {
    if (!Array.isArray(rate) || rate.length !== 2)
      throw new ShapeError(`rate of branch ${index} is ${JSON.stringify(rate)}, expected [height, width]`, {
        code: 'OPTION',
      });
    rate.forEach((extent) => checkCount(`rate of branch ${index}`, extent));
  }
  if (!Number.isInteger(input) || input < -1 || input >= index)
    throw new ShapeError(`input of branch ${index} is ${String(input)}, expected −1 or an earlier branch`, {
      code: 'OPTION',
    });
}

function checkOptions({ cell, channels, dropout, epsilon, norm }: DensePredictionCellOptions): void {
  checkCount('channels', channels);
  checkCount('branches of the cell', cell.length);
  cell.forEach(checkBranch);
  checkShare('dropout', dropout);
  checkPositive('epsilon', epsilon);
  checkChoice('norm', norm, ['batch', 'folded']);
}

function branch(
  builder: GraphBuilder,
  x: Node,
  { nominalStride }: Feature,
  { kernel, rate: [height, width] }: CellBranch,
  options: { readonly name: string; readonly filters: number } & NormOptions,
): Node {
  if (kernel === 1) return convBlock(builder, x, { ...options, kernel });
  const atrousRate = [nominalRate(height, 16, nominalStride), nominalRate(width, 16, nominalStride)] as const;
  return separableBlock(builder, x, { ...options, kernel, atrousRate, nominal: true });
}

/**
 * A dense prediction cell: a context module that was found by search, of atrous separable convolutions whose rates differ by direction
 * and which read each other.
 *
 * Reads `[n, h, w, c]` at the output stride, gives `[n, h, w, channels]`. There is no image-level feature.
 *
 * @see Chen et al. 2018, "Searching for Efficient Multi-Scale Architectures for Dense Image Prediction", Figure 5, arXiv:1809.04184
 */
export const densePredictionCell = defineHead({
  name: 'dense-prediction-cell',
  description: 'Context module found by search, described by its JSON (DPC)',
  defaults: {
    input: 'c5',
    cell: [
      { op: 'conv', kernel: 3, rate: [1, 6], input: -1 },
      { op: 'conv', kernel: 3, rate: [18, 15], input: 0 },
      { op: 'conv', kernel: 3, rate: [6, 3], input: 1 },
      { op: 'conv', kernel: 3, rate: [1, 1], input: 0 },
      { op: 'conv', kernel: 3, rate: [6, 21], input: 0 },
    ],
    channels: 256,
    dropout: 0.1,
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, features, _image, options: DensePredictionCellOptions) {
    checkOptions(options);
    const { cell, channels: filters, dropout, norm, epsilon } = options;
    const feature = featureOf(features, options.input, 'dense-prediction-cell');
    const branches: Node[] = [];
    for (const [i, one] of cell.entries()) {
      const x = one.input === -1 ? feature.node : (branches[one.input] as Node);
      branches.push(branch(builder, x, feature, one, { name: `branch${i}`, filters, norm, epsilon }));
    }
    const joined = branches.length === 1 ? (branches[0] as Node) : builder.concat(branches, { name: 'concat' });
    const kept = dropout > 0 ? builder.dropout(joined, { name: 'dropout', rate: dropout }) : joined;
    return convBlock(builder, kept, { name: 'concat_projection', filters, kernel: 1, norm, epsilon });
  },
});
