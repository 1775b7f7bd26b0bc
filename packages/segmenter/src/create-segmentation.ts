import type { LabelMap } from '@atrous/core';
import { colorize, overlay } from '@atrous/data';
import type { PixelResults } from './postprocess/from-logits.ts';
import { legendOf } from './postprocess/legend.ts';
import type { Segmentation, Timings } from './segmentation.ts';
import type { Pixels } from './sources/pixels.ts';

/** Dresses results up for callers. */
export function createSegmentation(
  pixels: Pixels,
  { labels, confidence, probabilities }: PixelResults,
  labelMap: LabelMap,
  timings: Timings,
): Segmentation {
  const { width, height } = pixels;
  const mask = () => ({ width, height, data: labels, palette: labelMap.classes.map(({ color }) => color) });
  return {
    width,
    height,
    labels,
    labelMap,
    legend: legendOf(labels, labelMap),
    ...(confidence && { confidence }),
    ...(probabilities && { probabilities }),
    timings,
    overlay: (options = {}) => overlay(pixels.image(), mask(), labelMap, options),
    colored: () => colorize(mask(), labelMap),
    mask,
  };
}
