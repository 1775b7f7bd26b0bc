import { BackendError, DataError, type Pace, type Pair, type Preprocessing, type Tensor } from '@atrous/core';
import type { FitPlan } from '../fit/plan-fit.ts';
import { axisTaps, type Axis } from './axis-taps.ts';
import { blendRow } from './blend-row.ts';
import { createRowLabeller, type LabelArray } from './label-row.ts';
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

/** How logits become pixels of the source image. */
export interface Placement {
  readonly plan: FitPlan;
  /** Height and width of the source image. */
  readonly source: Pair;
  readonly upsample: Preprocessing['upsample'];
  readonly enlarge: Preprocessing['enlarge'];
}

function allocate(pixels: number, classes: number, wanted: Wanted): PixelResults {
  try {
    return {
      labels: classes <= 256 ? new Uint8Array(pixels) : new Uint16Array(pixels),
      ...(wanted.confidence && { confidence: new Float32Array(pixels) }),
      ...(wanted.probabilities && { probabilities: new Float32Array(pixels * classes) }),
    };
  } catch (cause) {
    throw new DataError(`there is no memory for the results: ${pixels} pixels of ${classes} classes`, {
      code: 'TOO_LARGE',
      hint: wanted.probabilities ? 'leave out `probabilities`, or give a smaller image' : 'give a smaller image',
      cause,
    });
  }
}

function checkFinite({ data }: Tensor): void {
  for (const value of data)
    if (!Number.isFinite(value))
      throw new BackendError(`the network gave logits that are not finite (${value})`, {
        code: 'NOT_FINITE',
        hint: 'try another runtime, or check that the weights are those of this network',
      });
}

function axisOf({ plan, source }: Placement, logits: number, direction: 0 | 1): Axis {
  return { logits, input: plan.input[direction], image: plan.image[direction], source: source[direction] };
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
  checkFinite(logits);
  const [, logitsHeight = 1, logitsWidth = 1, classes = 1] = logits.shape;
  const { upsample, enlarge } = placement;
  const [height, width] = placement.source;
  const rows = axisTaps(axisOf(placement, logitsHeight, 0), upsample, enlarge);
  const columns = axisTaps(axisOf(placement, logitsWidth, 1), upsample, enlarge);
  const results = allocate(height * width, classes, wanted);
  const blended = new Float64Array(logitsWidth * classes);
  const softmaxRow = createRowSoftmax(columns, classes);
  const labelRow = createRowLabeller(columns, runsOf(columns), logitsWidth, classes);
  for (let y = 0; y < height; y++) {
    blendRow(logits.data, rows, y, blended);
    const from = y * width;
    const labels = results.labels.subarray(from, from + width);
    const confidence = results.confidence?.subarray(from, from + width);
    const probabilities = results.probabilities?.subarray(from * classes, (from + width) * classes);
    if (probabilities) softmaxRow(blended, { labels, confidence, probabilities });
    else labelRow(blended, labels, confidence);
    const pause = pace(y, height);
    if (pause) await pause;
  }
  return results;
}
