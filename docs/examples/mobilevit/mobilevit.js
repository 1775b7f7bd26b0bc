import { checkCount, checkPositive, convBlock, depthwiseBlock, scaleWidth } from '@atrous/atrous-ops';
import { defineBackbone } from '@atrous/core';
import { transformer } from './transformer.js';

/** @typedef {import('@atrous/core').GraphBuilder} GraphBuilder */
/** @typedef {import('@atrous/core').Node} Node */

/**
 * @typedef {object} MobilevitOptions
 * @property {readonly number[]} channels after the stem and after each of the five layers
 * @property {readonly number[]} hiddenSizes channels inside the transformers of layers 3, 4 and 5
 * @property {number} expansion of inverted residuals: 4, or 2 in the smallest network
 * @property {number} epsilon added to the variance, in batch and layer normalisation
 */

/** Transformer blocks of layers 3, 4 and 5. */
const DEPTHS = [2, 4, 3];
const PATCH = 2;

/**
 * @param {string} name
 * @param {number} epsilon
 * @returns {{ name: string, norm: 'batch', epsilon: number, padding: 'symmetric' }}
 */
const batch = (name, epsilon) => ({ name, norm: 'batch', epsilon, padding: 'symmetric' });

/**
 * The inverted residual of MobileNetV2, with SiLU.
 *
 * @param {GraphBuilder} builder
 * @param {Node} x
 * @param {{ filters: number, stride: number, expansion: number, epsilon: number }} options
 */
function invertedResidual(builder, x, { filters, stride, expansion, epsilon }) {
  const inputs = x.shape[3] ?? 0;
  const inside = scaleWidth(inputs * expansion, 1, 8);
  const wide = convBlock(builder, x, { ...batch('expand', epsilon), filters: inside, kernel: 1, activation: 'silu' });
  const seen = depthwiseBlock(builder, wide, {
    ...batch('depthwise', epsilon),
    kernel: 3,
    stride,
    nominal: true,
    activation: 'silu',
  });
  const narrow = convBlock(builder, seen, { ...batch('project', epsilon), filters, kernel: 1, activation: 'linear' });
  return stride === 1 && inputs === filters ? builder.add([x, narrow], { name: 'add' }) : narrow;
}

/**
 * Local features by convolution, global ones by attention between patches, and both fused. Its 3×3 convolutions keep rate 1 at every
 * output stride, as in the published networks.
 *
 * @param {GraphBuilder} builder
 * @param {Node} x
 * @param {{ hidden: number, depth: number, epsilon: number }} options
 */
function mobilevitBlock(builder, x, { hidden, depth, epsilon }) {
  const filters = x.shape[3] ?? 0;
  const local = convBlock(builder, x, { ...batch('local', epsilon), filters, kernel: 3, activation: 'silu' });
  const entered = builder.conv2d(local, { name: 'enter', filters: hidden, kernel: 1 });
  const answered = transformer(builder, entered, { depth, patch: PATCH, epsilon });
  const left = convBlock(builder, answered, { ...batch('leave', epsilon), filters, kernel: 1, activation: 'silu' });
  const both = builder.concat([x, left], { name: 'concat' });
  return convBlock(builder, both, { ...batch('fuse', epsilon), filters, kernel: 3, activation: 'silu' });
}

/** @param {MobilevitOptions} options */
function checkOptions({ channels, hiddenSizes, expansion, epsilon }) {
  checkCount('expansion', expansion);
  checkPositive('epsilon', epsilon);
  for (let i = 0; i < 6; i++) checkCount('channels', channels[i]);
  for (let i = 0; i < DEPTHS.length; i++) checkCount('hiddenSizes', hiddenSizes[i]);
}

/**
 * MobileViT: MobileNetV2's blocks, with transformers in the three deepest layers. The defaults are MobileViT-S.
 *
 * @see Mehta and Rastegari 2022, "MobileViT: Light-weight, General-purpose, and Mobile-friendly Vision Transformer", arXiv:2110.02178
 */
export const mobilevit = defineBackbone({
  name: 'mobilevit',
  description: 'MobileViT: inverted residuals, and attention between patches',
  defaults: {
    channels: [16, 32, 64, 96, 128, 160],
    hiddenSizes: [144, 192, 240],
    expansion: 4,
    epsilon: 1e-5,
  },
  build(builder, image, /** @type {MobilevitOptions} */ options) {
    checkOptions(options);
    const { channels, hiddenSizes, expansion, epsilon } = options;
    const [stemFilters = 0, ...filtersOf] = channels;
    const stem = { ...batch('stem', epsilon), filters: stemFilters, kernel: 3, stride: 2, nominal: true };
    let x = convBlock(builder, image, { ...stem, activation: 'silu' });
    /** @type {Record<string, import('@atrous/core').Feature>} */
    const features = {};
    for (const [i, filters] of filtersOf.entries()) {
      const layer = builder.scope(`layer${i + 1}`);
      const stride = i === 0 ? 1 : 2;
      x = invertedResidual(layer.scope('unit1'), x, { filters, stride, expansion, epsilon });
      for (const unit of i === 1 ? ['unit2', 'unit3'] : [])
        x = invertedResidual(layer.scope(unit), x, { filters, stride: 1, expansion, epsilon });
      const depth = DEPTHS[i - 2];
      if (depth !== undefined) x = mobilevitBlock(layer, x, { hidden: hiddenSizes[i - 2] ?? 0, depth, epsilon });
      features[`c${i + 1}`] = builder.feature(x);
    }
    return features;
  },
});
