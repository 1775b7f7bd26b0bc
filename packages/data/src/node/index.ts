export * from '../index.ts';
export { camvidDataset, type CamvidDatasetOptions } from './camvid/camvid-dataset.ts';
export { decodeImage, type DecodeImageOptions } from './decode-image.ts';
export { openMask, type OpenMaskOptions } from './open-mask.ts';
export {
  vocDataset,
  type Dataset,
  type DatasetSample,
  type LabelledImage,
  type VocDatasetOptions,
} from './voc/voc-dataset.ts';
