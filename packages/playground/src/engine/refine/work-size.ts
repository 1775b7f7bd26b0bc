/** Of a picture, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A CRF over more pixels takes too long to follow a slider. */
const mostPixels = 2 ** 19;
/** Probabilities of 64 MB; the CRF holds as much twice more while it runs. */
const mostProbabilities = 2 ** 24;

/** The size at which a picture is refined: its own, or the largest one of its shape that can be refined while a slider moves. */
export function workSize({ width, height }: Size, classes: number): Size {
  const scale = Math.sqrt(Math.min(mostPixels, mostProbabilities / classes) / (width * height));
  if (scale >= 1) return { width, height };
  return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
}
