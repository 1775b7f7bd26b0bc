import {
  basicUnit,
  bottleneckUnit,
  checkChoice,
  checkCount,
  checkPositive,
  convBlock,
  scaleWidth,
  type NormOptions,
  type ResidualUnit,
} from '@atrous/atrous-ops';
import { defineBackbone, ShapeError, type Feature, type GraphBuilder, type Node } from '@atrous/core';

/** Options of {@link resnet}. The defaults are torchvision's. */
export interface ResnetOptions extends NormOptions {
  /** Number of layers. 18 and 34 have basic units, the others bottlenecks. */
  readonly depth: 18 | 34 | 50 | 101 | 152;
  /** Network's width: every number of channels is multiplied by it and rounded to a multiple of 8. Any positive number. */
  readonly depthMultiplier: number;
  /**
   * `7x7`: one convolution. `3x3`: three, of 64, 64 and 128 channels (Google's "beta" networks, TuSimple). `3x3Narrow`: of 32, 32 and 64
   * ("v1c" of GluonCV and MMSegmentation).
   */
  readonly stem: '7x7' | '3x3' | '3x3Narrow';
  /**
   * Border of the max pooling after the stem. `symmetric`: PyTorch. `same`: TensorFlow. `ceil`: one pixel, and sizes rounded up
   * (Caffe, kazuto1011). `valid`: none (TuSimple).
   */
  readonly pool: 'symmetric' | 'same' | 'ceil' | 'valid';
  /**
   * Layer of a block with the stride: the 3×3 (`first3x3`: PyTorch, "v1.5") or the 1×1 (`first1x1`: the paper, Caffe, kazuto1011) of the
   * first unit, or the 3×3 of the last unit of the block before (`last3x3`: TensorFlow).
   */
  readonly strideAt: 'first3x3' | 'first1x1' | 'last3x3';
  /** What is read at a larger rate after a removed stride: the layers after it, or the layer itself too (jfzhang95; the papers' prose). */
  readonly atrousFrom: 'nextLayer' | 'sameLayer';
  /** Factors of the rates in the last block, one per unit, such as 1, 2, 4; none: 1. */
  readonly multiGrid: readonly number[];
  /**
   * Rates of the units of the last two blocks at output stride 8, instead of those that follow from the output stride (TuSimple); none: none.
   *
   * @see Wang et al. 2018, "Understanding Convolution for Semantic Segmentation", §3.2, arXiv:1702.08502
   */
  readonly hybridRates: readonly (readonly number[])[];
}

/** Table 1 of the paper: units of the four blocks. */
const UNITS: Readonly<Record<ResnetOptions['depth'], readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
};

const BLOCKS = 4;

const WIDTH_DIVISOR = 8;

const STEM_CHANNELS: Readonly<Record<ResnetOptions['stem'], readonly number[]>> = {
  '7x7': [64],
  '3x3': [64, 64, 128],
  '3x3Narrow': [32, 32, 64],
};

const isBasic = ({ depth }: ResnetOptions): boolean => depth < 50;

function checkRates(option: string, rates: readonly number[], units: number): void {
  for (const rate of rates) checkCount(option, rate);
  if (rates.length !== units)
    throw new ShapeError(`${option} has ${rates.length} rates for ${units} units`, { code: 'OPTION' });
}

function checkGrids({ depth, multiGrid, hybridRates, strideAt }: ResnetOptions): void {
  const [, , third = 0, fourth = 0] = UNITS[depth];
  if (multiGrid.length > 0) checkRates('multiGrid', multiGrid, fourth);
  if (hybridRates.length === 0) return;
  if (hybridRates.length !== 2 || multiGrid.length > 0 || strideAt === 'last3x3')
    throw new ShapeError(
      'hybridRates are two lists, without multiGrid, of a network whose first units have the stride',
      {
        code: 'OPTION',
      },
    );
  checkRates('hybridRates', hybridRates[0] ?? [], third);
  checkRates('hybridRates', hybridRates[1] ?? [], fourth);
}

function checkOptions(options: ResnetOptions): void {
  const { depth, depthMultiplier, stem, pool, strideAt, atrousFrom, norm, epsilon } = options;
  checkPositive('depthMultiplier', depthMultiplier);
  if (!Object.hasOwn(UNITS, depth))
    throw new ShapeError(`depth is ${JSON.stringify(depth)}, expected one of ${Object.keys(UNITS).join(', ')}`, {
      code: 'OPTION',
    });
  checkChoice('stem', stem, Object.keys(STEM_CHANNELS));
  checkChoice('pool', pool, ['symmetric', 'same', 'ceil', 'valid']);
  checkChoice('strideAt', strideAt, isBasic(options) ? ['first3x3'] : ['first3x3', 'first1x1', 'last3x3']);
  checkChoice('atrousFrom', atrousFrom, ['nextLayer', 'sameLayer']);
  checkGrids(options);
  checkPositive('epsilon', epsilon);
  checkChoice('norm', norm, ['batch', 'folded']);
}

function stemOf(builder: GraphBuilder, image: Node, { stem, depthMultiplier, norm, epsilon }: ResnetOptions): Node {
  const shared = { padding: 'symmetric', nominal: true, norm, epsilon } as const;
  const widths = STEM_CHANNELS[stem].map((channels) => scaleWidth(channels, depthMultiplier, WIDTH_DIVISOR));
  if (stem === '7x7')
    return convBlock(builder, image, { name: 'stem', filters: widths[0] ?? 0, kernel: 7, stride: 2, ...shared });
  return widths.reduce<Node>(
    (x, filters, i) =>
      convBlock(builder, x, { name: `stem${i + 1}`, filters, kernel: 3, stride: i === 0 ? 2 : 1, ...shared }),
    image,
  );
}

/** Nominal rate of the 3×3 convolutions of a unit; blocks and units count from 0. */
function unitRate({ multiGrid, hybridRates }: ResnetOptions, block: number, unit: number): number {
  const fixed = hybridRates[block - 2]?.[unit];
  // At output stride 8 the last two blocks are 2 and 4 times denser than in the classification network.
  if (fixed !== undefined) return fixed / 2 ** (block - 1);
  return block === BLOCKS - 1 ? (multiGrid[unit] ?? 1) : 1;
}

function unitStride({ depth, strideAt }: ResnetOptions, block: number, unit: number): number {
  const last = UNITS[depth][block];
  const strided = strideAt === 'last3x3' ? block < BLOCKS - 1 && unit + 1 === last : block > 0 && unit === 0;
  return strided ? 2 : 1;
}

function blockOf(builder: GraphBuilder, x: Node, options: ResnetOptions, block: number): readonly ResidualUnit[] {
  const { depth, depthMultiplier, strideAt, atrousFrom, hybridRates, norm, epsilon } = options;
  const residualUnit = isBasic(options) ? basicUnit : bottleneckUnit;
  const units: ResidualUnit[] = [];
  const width = scaleWidth(64 * 2 ** block, depthMultiplier, WIDTH_DIVISOR);
  for (let unit = 0; unit < (UNITS[depth][block] ?? 0); unit++) {
    // The basic units of the first block have as many channels as the stem.
    const projects = unit === 0 && x.shape[3] !== (isBasic(options) ? width : 4 * width);
    const added = residualUnit(builder.scope(`block${block + 1}/unit${unit + 1}`), units.at(-1)?.output ?? x, {
      width,
      stride: unitStride(options, block, unit),
      strideAt: strideAt === 'first1x1' ? '1x1' : '3x3',
      atrousRate: unitRate(options, block, unit),
      atrousAtStride: atrousFrom === 'sameLayer' || hybridRates.length > 0,
      shortcut: projects ? 'projection' : 'identity',
      norm,
      epsilon,
    });
    units.push(added);
  }
  return units;
}

/** The last unit before the resolution changes, that is, before the strided unit where that is the last one. */
const beforeStride = (units: readonly ResidualUnit[], options: ResnetOptions): ResidualUnit =>
  units.at(options.strideAt === 'last3x3' ? -2 : -1) as ResidualUnit;

/**
 * ResNet without its classifier: a stem and four blocks of residual units.
 *
 * Features: `c1` (the stem), `c2` … `c5` (the blocks at a quarter … a thirty-second of the image; 256, 512, 1024 and 2048 channels, of
 * 18 and 34 layers a quarter), and `c2Residual` … `c4Residual`, the branches of their last units before the sum; Google's decoder reads
 * the first.
 *
 * @see He et al. 2016, "Deep Residual Learning for Image Recognition", Table 1, arXiv:1512.03385
 */
export const resnet = defineBackbone({
  name: 'resnet',
  description: 'ResNet: residual units, 18 to 152 layers',
  defaults: {
    depth: 50,
    depthMultiplier: 1,
    stem: '7x7',
    pool: 'symmetric',
    strideAt: 'first3x3',
    atrousFrom: 'nextLayer',
    multiGrid: [],
    hybridRates: [],
    norm: 'batch',
    epsilon: 1e-5,
  },
  build(builder, image, options: ResnetOptions) {
    checkOptions(options);
    const { pool } = options;
    const c1 = stemOf(builder, image, options);
    let x = builder.maxPool(c1, {
      name: 'pool',
      kernel: 3,
      stride: 2,
      nominal: true,
      padding: pool === 'ceil' ? 'symmetric' : pool,
      rounding: pool === 'ceil' ? 'ceil' : 'floor',
    });
    const ends: ResidualUnit[] = [];
    for (let block = 0; block < BLOCKS; block++) {
      const units = blockOf(builder, x, options, block);
      ends.push(block === BLOCKS - 1 ? (units.at(-1) as ResidualUnit) : beforeStride(units, options));
      x = (units.at(-1) as ResidualUnit).output;
    }
    const after = (block: number): Feature => builder.feature((ends[block - 1] as ResidualUnit).output);
    const residual = (block: number): Feature => builder.feature((ends[block - 1] as ResidualUnit).residual);
    const residuals = { c2Residual: residual(1), c3Residual: residual(2), c4Residual: residual(3) };
    return { c1: builder.feature(c1), c2: after(1), c3: after(2), c4: after(3), c5: after(4), ...residuals };
  },
});
