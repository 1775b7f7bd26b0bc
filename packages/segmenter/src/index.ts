export { createSegmenter } from './create-segmenter.ts';
export type { FitPlan } from './fit/plan-fit.ts';
export type { NetworkInput } from './fit/to-input.ts';
export type { LegendEntry } from './postprocess/legend.ts';
export { prepareInput } from './prepare-input.ts';
export type { Segmentation, Timings } from './segmentation.ts';
export type { Segmenter, SegmenterOptions, SegmentOptions } from './segmenter.ts';
export type { ImageSource } from './sources/image-source.ts';
export type { RgbaLike } from './sources/rgba-pixels.ts';
