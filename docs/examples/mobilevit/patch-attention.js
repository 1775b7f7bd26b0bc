import { defineOp } from '@atrous/core';

/** @typedef {import('@atrous/core').Tensor} Tensor */

/**
 * Where, in a map `[h, w]`, the same pixel of every patch lies.
 *
 * @param {number} h
 * @param {number} w
 * @param {number} patch
 * @param {number} pixel index within the patch
 */
function tokensOf(h, w, patch, pixel) {
  const tokens = [];
  for (let y = Math.floor(pixel / patch); y < h; y += patch)
    for (let x = pixel % patch; x < w; x += patch) tokens.push(y * w + x);
  return tokens;
}

/**
 * Turns scores into weights that sum to 1, in place.
 *
 * @param {Float64Array} scores
 */
function softmax(scores) {
  const most = scores.reduce((max, score) => Math.max(max, score), -Infinity);
  let sum = 0;
  scores.forEach((score, i) => (sum += scores[i] = Math.exp(score - most)));
  scores.forEach((weight, i) => (scores[i] = weight / sum));
}

/**
 * One token's answer for one head: the mean of all values, weighted by how well their keys match its query.
 *
 * @param {{ readonly query: Tensor['data'], readonly key: Tensor['data'], readonly value: Tensor['data'] }} maps
 * @param {number} from where the token's channels of this head begin
 * @param {readonly number[]} others the same of all tokens
 * @param {number} width channels of the head
 * @param {Float32Array} out
 */
function attend({ query, key, value }, from, others, width, out) {
  const scores = Float64Array.from(others, (other) => {
    let score = 0;
    for (let c = 0; c < width; c++) score += (query[from + c] ?? 0) * (key[other + c] ?? 0);
    return score / Math.sqrt(width);
  });
  softmax(scores);
  for (let c = 0; c < width; c++) {
    let sum = 0;
    for (let i = 0; i < others.length; i++) sum += (scores[i] ?? 0) * (value[(others[i] ?? 0) + c] ?? 0);
    out[from + c] = sum;
  }
}

/**
 * Self-attention between patches: a pixel attends to the pixels at its place in all other patches, head by head.
 *
 * Inputs: queries, keys and values, `[n, h, w, c]`, h and w multiples of the patch. Options: `heads`, which share out the channels; `patch`.
 *
 * @see Mehta and Rastegari 2022, "MobileViT", §3.1, arXiv:2110.02178
 */
export const patchAttention = defineOp({
  name: 'mobilevit-patch-attention',
  description: 'Self-attention of a pixel with those at its place in the other patches',
  inferShape: ([query = []]) => query,
  multiplyAdds([query], /** @type {{ readonly heads: number, readonly patch: number }} */ { patch }) {
    const [n, h, w, c] = (query ?? []).map((extent) => extent ?? 0);
    return (2 * (n ?? 0) * ((h ?? 0) * (w ?? 0)) ** 2 * (c ?? 0)) / patch ** 2;
  },
  reference([query, key, value], _params, { heads, patch }) {
    if (!query || !key || !value) throw new TypeError('attention needs queries, keys and values');
    const [n = 0, h = 0, w = 0, channels = 0] = query.shape;
    const width = channels / heads;
    const maps = { query: query.data, key: key.data, value: value.data };
    const data = new Float32Array(query.data.length);
    for (let image = 0; image < n; image++)
      for (let pixel = 0; pixel < patch ** 2; pixel++) {
        const tokens = tokensOf(h, w, patch, pixel);
        for (let head = 0; head < heads; head++) {
          const starts = tokens.map((token) => (image * h * w + token) * channels + head * width);
          for (const start of starts) attend(maps, start, starts, width, data);
        }
      }
    return { shape: query.shape, data };
  },
});
