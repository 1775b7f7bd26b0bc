export type { Bundle, BundleDescription, BundleManifest, Provenance, WeightsFile } from './bundle/bundle.ts';
export { createBundle, type BundleParts } from './bundle/create-bundle.ts';
export { decodeBundle } from './bundle/decode-bundle.ts';
export { encodeBundle } from './bundle/encode-bundle.ts';
export { storeAs, type EncodeBundleOptions, type WeightsDtype } from './bundle/weights-dtype.ts';
export { fetchBundle, type FetchBundleOptions } from './bundle/fetch-bundle.ts';
export type { LoadBundleOptions } from './bundle/load-bundle.ts';
export { readCheckpoint } from './formats/read-checkpoint.ts';
export { readNpy } from './formats/read-npy.ts';
export { readNpz } from './formats/read-npz.ts';
export { readSafetensors } from './formats/read-safetensors.ts';
export { readTflite } from './formats/read-tflite.ts';
export { writeSafetensors } from './formats/write-safetensors.ts';
export { detectNameMap } from './import/detect-name-map.ts';
export {
  formatImportReport,
  type ImportMatch,
  type ImportMiss,
  type ImportReport,
  type ImportReshape,
} from './import/import-report.ts';
export { importWeights } from './import/import-weights.ts';
export { recognizeNetwork, type NamedGraph, type RecognizedNetwork } from './import/recognize-network.ts';
export type { FilterLayout, NameMap } from './name-map.ts';
export {
  atrous,
  bubbliiiing,
  caffeVgg,
  gluon,
  googleCheckpoint,
  googleFolded,
  googleTflite,
  hdcDuc,
  huggingFace,
  jfzhang95,
  kazuto,
  mmseg,
  nameMaps,
  torchvision,
  torchvisionSegmentation,
  torchvisionVggBatchNorm,
  vainf,
} from './name-maps/index.ts';
export type { Checkpoint, StoredData, StoredDtype, StoredTensor } from './stored-tensor.ts';
