export { asppSum, type AsppSumOptions } from './aspp-sum.ts';
export { aspp, type AsppOptions } from './aspp.ts';
export { decoder, type DecoderOptions } from './decoder.ts';
export { densePredictionCell, type CellBranch, type DensePredictionCellOptions } from './dense-prediction-cell.ts';
export { largeFov, type LargeFovOptions } from './large-fov.ts';
export { lrAspp, type LrAsppOptions } from './lr-aspp.ts';
export { fcn, type FcnOptions } from './fcn.ts';
export { multiScaleFeatures, type MultiScaleFeaturesOptions } from './multi-scale-features.ts';
export { pyramidPooling, type PyramidPoolingOptions } from './pyramid-pooling.ts';
