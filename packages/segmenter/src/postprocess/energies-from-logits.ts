import type { Pace, Tensor } from '@atrous/core';
import { allocateFor } from './allocate.ts';
import type { PixelKernel } from './pixel-kernel.ts';
import type { Placement } from './placement.ts';

/**
 * Upsamples logits as `fromLogits` does, and negates them: the unary energies of a CRF, to which a number added to all energies of a pixel
 * makes no difference. No softmax is taken, and nothing is clipped.
 *
 * @param logits `[1, h, w, c]`.
 * @returns `[h, w, c]` at the source's size; 0 for the most probable class of a pixel, more for the others.
 */
export async function energiesFromLogits(
  kernel: PixelKernel,
  logits: Tensor,
  placement: Placement,
  pace: Pace,
): Promise<Float32Array> {
  const [, , , classes = 1] = logits.shape;
  const [height, width] = placement.source;
  const pixels = height * width;
  const hint = 'leave out `crf`, or give a smaller image';
  const energies = allocateFor(pixels, classes, hint, () => new Float32Array(pixels * classes));
  await kernel.fill(logits, placement, { energies }, pace);
  return energies;
}
