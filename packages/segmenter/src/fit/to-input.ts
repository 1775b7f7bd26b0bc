import type { Pace, Preprocessing, Tensor } from '@atrous/core';
import { mirror } from './mirror.ts';
import { planFit, type FitPlan } from './plan-fit.ts';
import { resizePixels, type PixelRows } from './resize-pixels.ts';

/** An image as the network takes it. */
export interface NetworkInput {
  /** `[1, h, w, 3]`, normalised, in the network's channel order. */
  readonly tensor: Tensor;
  /** Where the image is in the tensor without its border. */
  readonly plan: FitPlan;
}

const SOURCE_CHANNELS = { rgb: [0, 1, 2], bgr: [2, 1, 0] } as const;

/** Fits, pads, mirrors, orders and normalises an image. */
export async function toInput(
  pixels: PixelRows,
  { channelOrder, mean, std, fit, border = 0 }: Preprocessing,
  pace: Pace,
): Promise<NetworkInput> {
  const plan = planFit(fit, [pixels.height, pixels.width]);
  const rows = mirror(plan.input[0], border);
  const columns = mirror(plan.input[1], border);
  const [height, width] = [rows.length, columns.length];
  const total = pixels.height + height;
  const resized = await resizePixels(pixels, plan.image, (completed) => pace(completed, total));
  const data = new Float32Array(height * width * 3);
  const row = new Float32Array(plan.input[1] * 3);
  const channels = SOURCE_CHANNELS[channelOrder];
  for (const [y, from] of rows.entries()) {
    row.fill(plan.fill);
    if (from < resized.height) resized.readRow(from, row.subarray(0, resized.width * 3));
    for (const [channel, source] of channels.entries()) {
      const offset = mean[channel] as number;
      const divisor = std[channel] as number;
      for (let x = 0; x < width; x++)
        data[(y * width + x) * 3 + channel] = ((row[(columns[x] as number) * 3 + source] as number) - offset) / divisor;
    }
    const pause = pace(pixels.height + y, total);
    if (pause) await pause;
  }
  return { tensor: { shape: [1, height, width, 3], data }, plan };
}
