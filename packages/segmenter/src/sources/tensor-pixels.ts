import { DataError, type Tensor } from '@atrous/core';
import { checkSize } from './check-size.ts';
import type { Pixels } from './pixels.ts';

/** @throws DataError when the tensor is not one picture with three channels. */
export function tensorPixels({ shape, data }: Tensor): Pixels {
  const [height = 0, width = 0, channels] = shape.length === 4 && shape[0] === 1 ? shape.slice(1) : shape;
  if (channels !== 3 || shape.length < 3 || (shape.length === 4 && shape[0] !== 1) || shape.length > 4)
    throw new DataError(`a tensor of shape [${shape.join(', ')}] is no picture, expected [h, w, 3] or [1, h, w, 3]`, {
      code: 'SOURCE_SHAPE',
      hint: 'give one picture at a time, red, green and blue last, values 0 … 255',
    });
  checkSize('tensor', width, height);
  if (data.length !== width * height * 3)
    throw new DataError(
      `a tensor of shape [${shape.join(', ')}] has ${width * height * 3} elements, got ${data.length}`,
      { code: 'SOURCE_SIZE' },
    );
  return {
    width,
    height,
    readRow(y, into) {
      into.set(data.subarray(y * width * 3, (y + 1) * width * 3));
    },
    image() {
      const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
      for (let pixel = 0; pixel < width * height; pixel++) rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
      return { width, height, data: rgba };
    },
  };
}
