import { ShapeError } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { CrfImage } from '../kernel-spec.ts';

/** A picture in a texture of the engine's device. It is looked at while a field is prepared or updated only. */
export interface DeviceImage {
  /**
   * `rgba8unorm` or `bgra8unorm`, with the usage `TEXTURE_BINDING`; alpha is not looked at. It stays the caller's. A field that is updated
   * takes the same `DeviceImage` for the same picture: for another one in the same texture pass a new object.
   */
  readonly texture: GPUTexture;
}

/** A field whose picture may be on the device. */
export interface DeviceFieldSpec extends Omit<FieldSpec, 'image'> {
  readonly image?: CrfImage | DeviceImage | undefined;
}

export const isOnDevice = (image: CrfImage | DeviceImage | undefined): image is DeviceImage =>
  image !== undefined && 'texture' in image;

const FORMATS: readonly GPUTextureFormat[] = ['rgba8unorm', 'bgra8unorm'];
/** `GPUTextureUsage.TEXTURE_BINDING`, which Node has no global for. */
const TEXTURE_BINDING = 0x4;

/** @throws ShapeError for a texture of another size than the field, of another format, or without the usage. */
export function checkDeviceImage({ width, height, image }: DeviceFieldSpec): void {
  if (!isOnDevice(image)) return;
  const { texture } = image;
  if (texture.width !== width || texture.height !== height)
    throw new ShapeError(`the texture has ${texture.width}×${texture.height} pixels, the field ${width}×${height}`);
  if (!FORMATS.includes(texture.format))
    throw new ShapeError(`the texture is in ${texture.format}; expected ${FORMATS.join(' or ')}`, {
      hint: 'copy the picture to a texture of such a format, as with `copyExternalImageToTexture`',
    });
  if ((texture.usage & TEXTURE_BINDING) === 0)
    throw new ShapeError('the texture has not the usage TEXTURE_BINDING', { hint: 'create it with this usage, too' });
}
