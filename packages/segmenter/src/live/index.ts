export { createLiveSegmenter } from './create-live-segmenter.ts';
export type {
  LiveCanvas,
  LiveLabels,
  LiveSegmenter,
  LiveSegmenterOptions,
  LiveSize,
  LiveSource,
} from './live-segmenter.ts';
