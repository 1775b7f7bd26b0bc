import type { Pace, Tensor } from '@atrous/core';
import { allocateFor } from './allocate.ts';
import type { LabelArray } from './label-array.ts';
import type { PixelKernel } from './pixel-kernel.ts';
import type { Placement } from './placement.ts';

/** What is wanted besides labels. */
export interface Wanted {
  readonly confidence: boolean;
  readonly probabilities: boolean;
}

/** Numbers per pixel of the source image. */
export interface PixelResults {
  /** `[h, w]`, class ids. */
  readonly labels: LabelArray;
  /** `[h, w]`, probability of the label. */
  readonly confidence?: Float32Array | undefined;
  /** `[h, w, c]`. */
  readonly probabilities?: Float32Array | undefined;
}

function allocate(pixels: number, classes: number, wanted: Wanted): PixelResults {
  const hint = wanted.probabilities ? 'leave out `probabilities`, or give a smaller image' : 'give a smaller image';
  return allocateFor(pixels, classes, hint, () => ({
    labels: classes <= 256 ? new Uint8Array(pixels) : new Uint16Array(pixels),
    ...(wanted.confidence && { confidence: new Float32Array(pixels) }),
    ...(wanted.probabilities && { probabilities: new Float32Array(pixels * classes) }),
  }));
}

/**
 * Upsamples logits to the network's input, crops them to the image, brings them to the source's size and labels each pixel.
 *
 * @param logits `[1, h, w, c]`.
 */
export async function fromLogits(
  kernel: PixelKernel,
  logits: Tensor,
  placement: Placement,
  wanted: Wanted,
  pace: Pace,
): Promise<PixelResults> {
  const [height, width] = placement.source;
  const results = allocate(height * width, logits.shape[3] ?? 1, wanted);
  await kernel.fill(logits, placement, results, pace);
  return results;
}
