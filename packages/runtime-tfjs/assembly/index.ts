export { gateGradient } from './activation-gradient';
export { batchNormGradient, normalizeBatch } from './batch-norm';
export { channelSums } from './channel-sums';
export { convFilterGradient, convFilterGradientScratch } from './conv-filter-gradient';
export { depthwiseFilterGradient } from './depthwise-filter-gradient';
export { depthwiseInputGradient } from './depthwise-input-gradient';
export { pointwise, pointwiseScratch } from './pointwise';
export { axisGradient } from './separable-gradient';
export { sliceChannels } from './slice-channels';
