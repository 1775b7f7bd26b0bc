/** What a person painted over a photo: keys of classes, row by row. */
export interface Painting {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Value of pixels that nobody painted, or that were erased: they do not count in training. */
export const UNPAINTED = 255;

/** A painting without a stroke. */
export const createPainting = (width: number, height: number): Painting => ({
  width,
  height,
  pixels: new Uint8Array(width * height).fill(UNPAINTED),
});

/** A place in a painting, in pixels from the top left. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A part of a painting, in pixels. The right and bottom edges are not in it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** All of a painting. */
export const wholeOf = ({ width, height }: Painting): Box => ({ left: 0, top: 0, right: width, bottom: height });

/** Turns every pixel of one value into another. */
export function replaceValue({ pixels }: Painting, from: number, to: number): void {
  for (let i = 0; i < pixels.length; i += 1) if (pixels[i] === from) pixels[i] = to;
}
