export { createSegmenter } from './create-segmenter.ts';
export type { LegendEntry } from './postprocess/legend.ts';
export type { Segmentation, Timings } from './segmentation.ts';
export type { Segmenter, SegmenterOptions, SegmentOptions } from './segmenter.ts';
export type { ImageSource } from './sources/image-source.ts';
export type { RgbaLike } from './sources/rgba-pixels.ts';
