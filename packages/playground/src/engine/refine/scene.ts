import type { LabelMap } from '@atrous/core';
import type { Segmentation } from '@atrous/segmenter';
import type { Size } from './work-size.ts';

/** What a picture is refined from, without its network. */
export interface Scene {
  /** At the size at which the network's labels are refined. */
  readonly image: ImageData;
  /** `[h, w, c]` of {@link Scene.image}: the network's, which the first refinement turns into energies, as there is room for one such array only. */
  readonly probabilities: Float32Array;
  /** The network's. */
  readonly labels: Segmentation['labels'];
  readonly labelMap: LabelMap;
  /** Of the photo. */
  readonly size: Size;
}

/** The pixels of a photo at some size. Transparent ones lie on white, as the network sees them. */
export function pixelsAt(photo: ImageBitmap, { width, height }: Size): ImageData {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('this browser gives the worker no 2d canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(photo, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}
