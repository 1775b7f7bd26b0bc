import { balancedCrop, type BalancedCropOptions } from './balanced-crop.ts';
import { photometric, type PhotometricOptions } from './photometric.ts';
import { randomBlur, type BlurOptions } from './random-blur.ts';
import { randomCrop, type CropOptions } from './random-crop.ts';
import { randomFlip } from './random-flip.ts';
import { randomRotate, type RotateOptions } from './random-rotate.ts';
import { randomScale } from './random-scale.ts';
import { compose, type Transform } from './transform.ts';

/** A transform in JSON, for configurations and for other threads. */
export type TransformSpec =
  | { readonly kind: 'scale'; readonly range: readonly [low: number, high: number] }
  | { readonly kind: 'flip'; readonly probability?: number | undefined }
  | ({ readonly kind: 'crop' } & CropOptions)
  | ({ readonly kind: 'balanced-crop' } & BalancedCropOptions)
  | ({ readonly kind: 'rotate' } & RotateOptions)
  | ({ readonly kind: 'photometric' } & PhotometricOptions)
  | ({ readonly kind: 'blur' } & BlurOptions);

function one(spec: TransformSpec): Transform {
  switch (spec.kind) {
    case 'scale':
      return randomScale(spec.range);
    case 'flip':
      return randomFlip(spec.probability);
    case 'crop':
      return randomCrop(spec);
    case 'balanced-crop':
      return balancedCrop(spec);
    case 'rotate':
      return randomRotate(spec);
    case 'photometric':
      return photometric(spec);
    case 'blur':
      return randomBlur(spec);
    default:
      return spec satisfies never;
  }
}

/**
 * The transform that a list in JSON describes, one after the other.
 *
 * @throws ShapeError as the transforms do.
 */
export const transformOf = (specs: readonly TransformSpec[]): Transform => compose(...specs.map(one));
