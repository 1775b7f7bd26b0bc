import { displaySize } from '../overlay.ts';
import type { Photo } from '../photo.ts';
import { createHistory, type History } from './history.ts';
import { createPainting, UNPAINTED, type Painting } from './painting.ts';

/** A photo and what was painted on it. */
export interface Example {
  readonly photo: Photo;
  readonly painting: Painting;
  readonly history: History;
}

/** A photo that nothing is painted on. Paintings are as large as the photo is shown. */
export function createExample(photo: Photo): Example {
  const { width, height } = displaySize(photo.width, photo.height);
  const painting = createPainting(width, height);
  return { photo, painting, history: createHistory(painting) };
}

/** Part of the pixels that are painted, 0 … 1. */
export function paintedShare({ painting: { pixels } }: Example): number {
  let painted = 0;
  for (const key of pixels) if (key !== UNPAINTED) painted += 1;
  return painted / pixels.length;
}
