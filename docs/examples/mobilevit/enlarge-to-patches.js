import { defineOp, resizeTaps } from '@atrous/core';

/**
 * @param {number} extent
 * @param {number} patch
 */
const wholePatches = (extent, patch) => Math.ceil(extent / patch) * patch;

/**
 * What each enlarged row or column is made of.
 *
 * @param {number} from
 * @param {number} to
 */
const tapsOf = (from, to) => Array.from({ length: to }, (_, out) => resizeTaps('halfPixel', out, from, to));

/**
 * Enlarges a map until height and width are multiples of the patch, so that it can be cut into patches. Most maps are already.
 *
 * Options: `patch`, side of a patch.
 */
export const enlargeToPatches = defineOp({
  name: 'mobilevit-enlarge-to-patches',
  description: 'Bilinear enlargement to whole patches',
  inferShape([x = []], /** @type {{ readonly patch: number }} */ { patch }) {
    const [n = null, h = null, w = null, c = null] = x;
    return [n, h === null ? null : wholePatches(h, patch), w === null ? null : wholePatches(w, patch), c];
  },
  reference([x], _params, { patch }) {
    if (!x) throw new TypeError('enlarging needs one input');
    const [n = 0, h = 0, w = 0, c = 0] = x.shape;
    const [height, width] = [wholePatches(h, patch), wholePatches(w, patch)];
    if (height === h && width === w) return x;
    const [rows, columns] = [tapsOf(h, height), tapsOf(w, width)];
    const data = new Float32Array(n * height * width * c);
    let to = 0;
    for (let image = 0; image < n; image++)
      for (const row of rows)
        for (const column of columns)
          for (let i = 0; i < c; i++) {
            /** @param {number} y @param {number} x_ */
            const value = (y, x_) => x.data[((image * h + y) * w + x_) * c + i] ?? 0;
            /** @param {number} y */
            const across = (y) =>
              value(y, column.lower) * column.lowerWeight + value(y, column.upper) * column.upperWeight;
            data[to++] = across(row.lower) * row.lowerWeight + across(row.upper) * row.upperWeight;
          }
    return { shape: [n, height, width, c], data };
  },
});
