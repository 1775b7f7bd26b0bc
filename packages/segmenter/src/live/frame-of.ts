import { DataError } from '@atrous/core';
import { checkSize } from '../sources/check-size.ts';
import { drawableOf } from '../sources/drawable-of.ts';
import type { LiveSize, LiveSource } from './live-segmenter.ts';

/** Something to draw, and how large it is. */
export interface Frame {
  readonly size: LiveSize;
  /** The picture as a texture: the source itself, or a copy of it in `into`. Never leaves the GPU where it is there already. */
  readonly texture: (device: GPUDevice, into: GPUTexture) => GPUTexture;
}

const isTexture = (source: LiveSource): source is GPUTexture => 'createView' in source;

/** @throws DataError when there is nothing to draw. */
export function frameOf(source: LiveSource): Frame {
  if (isTexture(source)) return { size: source, texture: () => source };
  const drawable = drawableOf(source as unknown as Record<string, unknown>);
  if (drawable === undefined)
    throw new DataError('this is nothing that can be drawn live', {
      code: 'SOURCE_UNKNOWN',
      hint: 'give a VideoFrame, an ImageBitmap, an element that shows pictures, a canvas or a GPUTexture',
    });
  const { what, width, height } = drawable;
  checkSize(what, width, height);
  return {
    size: { width, height },
    texture(device, into) {
      device.queue.copyExternalImageToTexture({ source }, { texture: into }, [width, height]);
      return into;
    },
  };
}
