import { DataError, UnsupportedError } from '@atrous/core';
import type { RgbaImage } from '@atrous/data';
import { checkSize } from './check-size.ts';

/** Something that a canvas can draw, with the size it is drawn at. */
export interface Drawable {
  /** For messages. */
  readonly what: string;
  readonly picture: CanvasImageSource;
  readonly width: number;
  readonly height: number;
}

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Pixels drawn at once: some browsers refuse canvases of more than 16 million. */
const STRIP_PIXELS = 4_000_000;

function createContext(width: number, height: number): Context {
  // Read back at once, so the canvas is better kept in main memory, where browsers also do not blur its numbers.
  const settings: CanvasRenderingContext2DSettings = { willReadFrequently: true, alpha: false };
  if (typeof OffscreenCanvas === 'function') {
    const context = new OffscreenCanvas(width, height).getContext('2d', settings);
    if (context) return context;
  } else if (typeof document === 'object') {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', settings);
    if (context) return context;
  }
  throw new UnsupportedError('there is no canvas here to read a picture with', {
    code: 'NO_CANVAS',
    hint: 'give an RGBA image or a tensor, or import `createSegmenter` from @atrous/segmenter/node',
  });
}

function readStrip(context: Context, width: number, height: number, what: string): Uint8ClampedArray {
  try {
    return context.getImageData(0, 0, width, height).data;
  } catch (cause) {
    throw new DataError(`the browser does not let this page read the ${what}`, {
      code: 'SOURCE_TAINTED',
      hint: 'it comes from another origin: load it with crossOrigin "anonymous" from a server that allows it (CORS)',
      cause,
    });
  }
}

/** Copies a picture out of a drawable, on white where it is transparent. */
export function draw({ what, picture, width, height }: Drawable): RgbaImage {
  checkSize(what, width, height);
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const context = createContext(width, rows);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += rows) {
    const strip = Math.min(rows, height - y);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, rows);
    context.drawImage(picture, 0, -y, width, height);
    data.set(readStrip(context, width, strip, what), y * width * 4);
  }
  return { width, height, data };
}
