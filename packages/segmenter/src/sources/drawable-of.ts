import { DataError } from '@atrous/core';
import type { Drawable } from './draw.ts';

type Shaped = Readonly<Record<string, unknown>>;

/** `HTMLMediaElement.HAVE_CURRENT_DATA` */
const HAVE_CURRENT_DATA = 2;

function checkVideo(video: Shaped): void {
  if ((video['readyState'] as number) < HAVE_CURRENT_DATA)
    throw new DataError(`the video has no picture yet: its readyState is ${String(video['readyState'])}`, {
      code: 'SOURCE_NOT_READY',
      hint: 'wait for its "loadeddata" event',
    });
}

function checkImage(image: Shaped): void {
  if (image['complete'] === false)
    throw new DataError('the image element is still loading', {
      code: 'SOURCE_NOT_READY',
      hint: 'await its `decode()` first',
    });
}

/** Finds out how to draw something, by the fields that tell its kind. `undefined`: it is no drawable. */
export function drawableOf(source: Shaped): Drawable | undefined {
  const drawable = (what: string, width: string, height: string): Drawable | undefined => {
    const extents = [source[width], source[height]] as const;
    return typeof extents[0] === 'number' && typeof extents[1] === 'number'
      ? { what, picture: source as unknown as CanvasImageSource, width: extents[0], height: extents[1] }
      : undefined;
  };
  if ('videoWidth' in source) {
    checkVideo(source);
    return drawable('video', 'videoWidth', 'videoHeight');
  }
  if ('naturalWidth' in source) {
    checkImage(source);
    return drawable('image element', 'naturalWidth', 'naturalHeight');
  }
  if ('displayWidth' in source) return drawable('video frame', 'displayWidth', 'displayHeight');
  if (typeof source['getContext'] === 'function') return drawable('canvas', 'width', 'height');
  if (typeof source['close'] === 'function') return drawable('image bitmap', 'width', 'height');
  return undefined;
}
