import type { Pace, Tensor } from '@atrous/core';
import { allocateFor } from './allocate.ts';
import { createRowLabeller, type LabelArray } from './label-row.ts';
import { columnTaps, eachRow, type Placement } from './placement.ts';
import { runsOf } from './runs.ts';
import { createRowSoftmax } from './softmax-row.ts';

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
 * Upsamples logits to the network's input, crops them to the image, brings them to the source's size and labels each pixel,
 * a row at a time: full-size logits are never held.
 *
 * @param logits `[1, h, w, c]`.
 */
export async function fromLogits(
  logits: Tensor,
  placement: Placement,
  wanted: Wanted,
  pace: Pace,
): Promise<PixelResults> {
  const [, , logitsWidth = 1, classes = 1] = logits.shape;
  const [height, width] = placement.source;
  const columns = columnTaps(logits, placement);
  const results = allocate(height * width, classes, wanted);
  const softmaxRow = createRowSoftmax(columns, classes);
  const labelRow = createRowLabeller(columns, runsOf(columns), logitsWidth, classes);
  await eachRow(logits, placement, pace, (blended, y) => {
    const from = y * width;
    const labels = results.labels.subarray(from, from + width);
    const confidence = results.confidence?.subarray(from, from + width);
    const probabilities = results.probabilities?.subarray(from * classes, (from + width) * classes);
    if (probabilities) softmaxRow(blended, { labels, confidence, probabilities });
    else labelRow(blended, labels, confidence);
  });
  return results;
}
