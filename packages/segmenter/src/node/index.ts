export { createSegmenter, type NodeImageSource } from './create-segmenter.ts';
