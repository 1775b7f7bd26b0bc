export { createSegmenter, type NodeImageSource } from './create-segmenter.ts';
export type * from '../index.ts';
