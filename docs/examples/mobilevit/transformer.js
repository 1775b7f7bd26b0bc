import { enlargeToPatches } from './enlarge-to-patches.js';
import { layerNorm } from './layer-norm.js';
import { patchAttention } from './patch-attention.js';

/** @typedef {import('@atrous/core').GraphBuilder} GraphBuilder */
/** @typedef {import('@atrous/core').Node} Node */

const HEADS = 4;
/** Channels inside the perceptron, by channels outside. */
const PERCEPTRON = 2;

/**
 * One block: attention, then a perceptron of two layers, each added to what it read. Dense layers are 1×1 convolutions.
 *
 * @param {GraphBuilder} builder
 * @param {Node} x
 * @param {number} patch
 * @param {number} epsilon
 */
function block(builder, x, patch, epsilon) {
  const filters = x.shape[3] ?? 0;
  /** @param {Node} from @param {string} name @param {number} width */
  const dense = (from, name, width) => builder.conv2d(from, { name, filters: width, kernel: 1, useBias: true });
  const before = builder.custom(layerNorm, [x], { name: 'norm_before', options: { epsilon } });
  const projections = ['query', 'key', 'value'].map((name) => dense(before, name, filters));
  const attended = builder.custom(patchAttention, projections, { name: 'attend', options: { heads: HEADS, patch } });
  const once = builder.add([dense(attended, 'attention_output', filters), x], { name: 'add_attention' });
  const after = builder.custom(layerNorm, [once], { name: 'norm_after', options: { epsilon } });
  const wide = builder.activation(dense(after, 'widen', filters * PERCEPTRON), 'silu', { name: 'widen/silu' });
  return builder.add([dense(wide, 'narrow', filters), once], { name: 'add_perceptron' });
}

/**
 * A stack of transformer blocks over the patches of a map, and a normalisation.
 *
 * @param {GraphBuilder} builder
 * @param {Node} x `[n, h, w, c]`, of any height and width
 * @param {{ depth: number, patch: number, epsilon: number }} options
 * @returns {Node} of the same shape
 */
export function transformer(builder, x, { depth, patch, epsilon }) {
  let tokens = builder.custom(enlargeToPatches, [x], { name: 'enlarge', options: { patch } });
  for (let i = 1; i <= depth; i++) tokens = block(builder.scope(`transformer${i}`), tokens, patch, epsilon);
  const normalized = builder.custom(layerNorm, [tokens], { name: 'norm', options: { epsilon } });
  return builder.resizeBilinear(normalized, { name: 'shrink', corners: 'halfPixel', like: x });
}
