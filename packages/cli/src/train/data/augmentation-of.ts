import {
  balancedCrop,
  compose,
  photometric,
  randomBlur,
  randomCrop,
  randomFlip,
  randomRotate,
  randomScale,
  type CropOptions,
  type Transform,
} from '@atrous/data';
import type { TrainConfig } from '../config/config-schema.ts';

/** What happens to each picture before the network sees it; the steps that are asked for, in DeepLab's order. */
export function augmentationOf({ augment }: TrainConfig, crop: CropOptions): Transform {
  const { scale, rotate, classWeights, flip, blur, ...colors } = augment;
  const { fill, ignoreLabel } = crop;
  return compose(
    randomScale(scale),
    ...(rotate > 0 ? [randomRotate({ degrees: rotate, fill, ignoreLabel })] : []),
    classWeights === undefined ? randomCrop(crop) : balancedCrop({ ...crop, classWeights }),
    randomFlip(flip),
    ...(Object.values(colors).some((range) => range > 0) ? [photometric(colors)] : []),
    ...(blur > 0 ? [randomBlur({ probability: blur })] : []),
  );
}
