export { checkChoice, checkCount, checkPositive, checkShare } from './check-option.ts';
export { convBlock, depthwiseBlock, type BlockOptions, type NormOptions } from './conv-block.ts';
export { imagePooling, type ImagePoolingOptions } from './image-pooling.ts';
export { nominalRate } from './nominal-rate.ts';
export { scaleWidth } from './scale-width.ts';
export { separableBlock } from './separable-block.ts';
