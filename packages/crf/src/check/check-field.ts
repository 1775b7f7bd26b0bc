import { ShapeError, UnsupportedError } from '@atrous/core';
import type { FieldSpec } from '../engine.ts';
import type { CrfImage, KernelSpec } from '../kernel-spec.ts';

/** 8192×8192. Beyond it not even the labels of two classes fit into the memory of WebAssembly. */
const MOST_PIXELS = 2 ** 26;
const MOST_DIMENSIONS = 16;

function checkExtent(width: number, height: number): void {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new ShapeError(`a picture of ${width}×${height} has no area`, { hint: 'pass an image, or width and height' });
  if (width * height > MOST_PIXELS)
    throw new UnsupportedError(`a picture of ${width}×${height} has more than ${MOST_PIXELS} pixels`, {
      code: 'TOO_MANY_PIXELS',
      hint: 'cut it into tiles',
    });
}

/** @throws ShapeError when a picture has another size, or not three or four numbers per pixel. */
export function checkImage({ width, height, data }: CrfImage, field: Pick<FieldSpec, 'width' | 'height'>): void {
  if (width !== field.width || height !== field.height)
    throw new ShapeError(`the picture is ${width}×${height}, expected ${field.width}×${field.height}`, {
      hint: 'bring both to one size',
    });
  const channels = data.length / (width * height);
  if (channels !== 3 && channels !== 4)
    throw new ShapeError(`a picture of ${width}×${height} needs 3 or 4 bytes a pixel, it has ${data.length} bytes`);
}

function checkStd(name: string, std: number | readonly number[], length: number): void {
  const all = typeof std === 'number' ? [std] : std;
  if ((typeof std !== 'number' && all.length !== length) || !all.every((one) => one > 0 && one < Infinity))
    throw new ShapeError(`${name} is ${all.join(', ')}; expected a number greater than 0, or ${length} of them`, {
      hint: 'to leave a kernel out, set its weight to 0',
    });
}

function checkFeatures(kernel: Extract<KernelSpec, { kind: 'features' }>, pixels: number): void {
  const { dimensions, features } = kernel;
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MOST_DIMENSIONS)
    throw new ShapeError(`features of ${dimensions} dimensions; there may be 1 … ${MOST_DIMENSIONS}`);
  if (features.length !== pixels * dimensions)
    throw new ShapeError(`${features.length} features for ${pixels} pixels of ${dimensions} dimensions`);
  if (!features.every(Number.isFinite)) throw new ShapeError('the features have numbers that are not finite');
}

/**
 * Checks everything that a field is prepared from.
 *
 * @throws UnsupportedError `TOO_MANY_PIXELS`.
 * @throws ShapeError for sizes that disagree, standard deviations that are not positive, and a bilateral kernel without a picture.
 */
export function checkField({ width, height, image, kernels }: FieldSpec): void {
  checkExtent(width, height);
  if (image !== undefined) checkImage(image, { width, height });
  for (const kernel of kernels) {
    if (kernel.kind === 'features') {
      checkFeatures(kernel, width * height);
      continue;
    }
    checkStd(`${kernel.kind}XyStd`, kernel.xyStd, 2);
    if (kernel.kind === 'gaussian') continue;
    checkStd('bilateralRgbStd', kernel.rgbStd, 3);
    if (image === undefined)
      throw new ShapeError('a bilateral kernel needs the picture', { hint: 'pass image, or set bilateralWeight to 0' });
  }
}
