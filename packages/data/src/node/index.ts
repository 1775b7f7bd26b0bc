export * from '../index.ts';
export { camvidDataset, type CamvidDatasetOptions } from './camvid/camvid-dataset.ts';
export { parseDatasetSpec, type DatasetSpec } from './dataset-spec.ts';
export { decodeImage, type DecodeImageOptions } from './decode-image.ts';
export type { FileDataset, FileSample } from './files/file-dataset.ts';
export { findSplits } from './find-splits.ts';
export { datasetKinds } from './kinds/dataset-kinds.ts';
export {
  defineDataset,
  type DatasetDefinition,
  type DatasetKind,
  type OpenOptions,
  type OptionType,
} from './kinds/define-dataset.ts';
export { openDataset, type OpenDatasetOptions } from './open-dataset.ts';
export { openMask, type OpenMaskOptions } from './open-mask.ts';
export { vocDataset, type VocDatasetOptions } from './voc/voc-dataset.ts';
export type { BatchRecipe } from './workers/batch-recipe.ts';
export { openBatches, type OpenBatchesOptions } from './workers/open-batches.ts';
export type { ClassBalance } from './doctor/class-balance.ts';
export { doctor, type DoctorOptions, type DoctorReport } from './doctor/doctor.ts';
export type { Finding, FindingCode, Severity } from './doctor/finding.ts';
