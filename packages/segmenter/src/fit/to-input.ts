import type { Preprocessing, Tensor } from '@atrous/core';
import type { Pace } from '../pace.ts';
import { planFit, type FitPlan } from './plan-fit.ts';
import { resizePixels, type PixelRows } from './resize-pixels.ts';

/** An image as the network takes it. */
export interface NetworkInput {
  /** `[1, h, w, 3]`, normalised, in the network's channel order. */
  readonly tensor: Tensor;
  readonly plan: FitPlan;
}

const SOURCE_CHANNELS = { rgb: [0, 1, 2], bgr: [2, 1, 0] } as const;

/** Fits, pads, orders and normalises an image. */
export async function toInput(
  pixels: PixelRows,
  { channelOrder, mean, std, fit }: Preprocessing,
  pace: Pace,
): Promise<NetworkInput> {
  const plan = planFit(fit, [pixels.height, pixels.width]);
  const [height, width] = plan.input;
  const total = pixels.height + height;
  const resized = await resizePixels(pixels, plan.image, (completed) => pace(completed, total));
  const data = new Float32Array(height * width * 3);
  const row = new Float32Array(width * 3);
  const channels = SOURCE_CHANNELS[channelOrder];
  for (let y = 0; y < height; y++) {
    row.fill(plan.fill);
    if (y < resized.height) resized.readRow(y, row.subarray(0, resized.width * 3));
    for (const [channel, source] of channels.entries()) {
      const offset = mean[channel] as number;
      const divisor = std[channel] as number;
      for (let x = 0; x < width; x++)
        data[(y * width + x) * 3 + channel] = ((row[x * 3 + source] as number) - offset) / divisor;
    }
    const pause = pace(pixels.height + y, total);
    if (pause) await pause;
  }
  return { tensor: { shape: [1, height, width, 3], data }, plan };
}
