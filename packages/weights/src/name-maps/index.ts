import type { NameMap } from '../name-map.ts';
import { atrous } from './atrous.ts';
import { bubbliiiing } from './bubbliiiing.ts';
import { caffeVgg } from './caffe-vgg.ts';
import { gluon } from './gluon.ts';
import { googleCheckpoint, googleFolded, googleTflite } from './google.ts';
import { hdcDuc } from './hdc-duc.ts';
import { huggingFace } from './hugging-face.ts';
import { jfzhang95 } from './jfzhang95.ts';
import { kazuto } from './kazuto.ts';
import { mmseg } from './mmseg.ts';
import { torchvisionVggBatchNorm } from './torch-vgg.ts';
import { torchvisionSegmentation } from './torchvision-segmentation.ts';
import { torchvision } from './torchvision.ts';
import { vainf } from './vainf.ts';

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
  torchvision,
  torchvisionSegmentation,
  torchvisionVggBatchNorm,
  vainf,
};

/** Every name map of this package. */
export const nameMaps: readonly NameMap[] = [
  atrous,
  gluon,
  googleCheckpoint,
  googleTflite,
  googleFolded,
  bubbliiiing,
  vainf,
  jfzhang95,
  kazuto,
  mmseg,
  hdcDuc,
  huggingFace,
  torchvision,
  torchvisionSegmentation,
  torchvisionVggBatchNorm,
  caffeVgg,
];
