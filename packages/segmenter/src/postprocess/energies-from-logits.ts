import type { Pace, Tensor } from '@atrous/core';
import { allocateFor } from './allocate.ts';
import { createInterpolation } from './interpolate.ts';
import { columnTaps, eachRow, type Placement } from './placement.ts';

/**
 * Upsamples logits as `fromLogits` does, and negates them: the unary energies of a CRF, to which a number added to all energies of a pixel
 * makes no difference. No softmax is taken, and nothing is clipped.
 *
 * @param logits `[1, h, w, c]`.
 * @returns `[h, w, c]` at the source's size; 0 for the most probable class of a pixel, more for the others.
 */
export async function energiesFromLogits(logits: Tensor, placement: Placement, pace: Pace): Promise<Float32Array> {
  const [, , , classes = 1] = logits.shape;
  const [height, width] = placement.source;
  const pixels = height * width;
  const hint = 'leave out `crf`, or give a smaller image';
  const energies = allocateFor(pixels, classes, hint, () => new Float32Array(pixels * classes));
  const interpolate = createInterpolation(columnTaps(logits, placement), classes);
  const values = new Float64Array(classes);
  await eachRow(logits, placement, pace, (blended, y) => {
    for (let x = 0; x < width; x++) {
      interpolate(blended, x, values);
      let most = -Infinity;
      for (let label = 0; label < classes; label++) most = Math.max(most, values[label] as number);
      const start = (y * width + x) * classes;
      for (let label = 0; label < classes; label++) energies[start + label] = most - (values[label] as number);
    }
  });
  return energies;
}
