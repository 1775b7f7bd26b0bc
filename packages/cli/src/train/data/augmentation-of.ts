import type { CropOptions, TransformSpec } from '@atrous/data';
import type { TrainConfig } from '../config/config-schema.ts';

/** What happens to each picture before the network sees it; the steps that are asked for, in DeepLab's order. */
export function augmentationOf({ augment }: TrainConfig, crop: CropOptions): readonly TransformSpec[] {
  const { scale, rotate, classWeights, flip, blur, ...colors } = augment;
  const { fill, ignoreLabel } = crop;
  const steps: TransformSpec[] = [{ kind: 'scale', range: scale }];
  if (rotate > 0) steps.push({ kind: 'rotate', degrees: rotate, fill, ignoreLabel });
  steps.push(classWeights === undefined ? { kind: 'crop', ...crop } : { kind: 'balanced-crop', ...crop, classWeights });
  steps.push({ kind: 'flip', probability: flip });
  if (Object.values(colors).some((range) => range > 0)) steps.push({ kind: 'photometric', ...colors });
  if (blur > 0) steps.push({ kind: 'blur', probability: blur });
  return steps;
}
