import { streetScene } from '@atrous/data';
import type { Photo } from './photo.ts';

/** Seeds are whole numbers; this many of them are enough for a page. */
const SEEDS = 2 ** 31;

/** A street that nobody has been to, another one at each call. */
export async function makeUpStreet(): Promise<Photo> {
  const start = performance.now();
  const { width, height, data } = streetScene({ seed: Math.floor(Math.random() * SEEDS) }).image;
  const image = await createImageBitmap(new ImageData(Uint8ClampedArray.from(data), width, height));
  return { image, width, height, decodeMs: performance.now() - start };
}
