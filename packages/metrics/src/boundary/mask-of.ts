import type { Labels } from '../check-labels.ts';

/** 1 where pixels have a label, 0 elsewhere. */
export function maskOf(labels: Labels, label: number | undefined): Uint8Array {
  const mask = new Uint8Array(labels.length);
  for (let pixel = 0; pixel < mask.length; pixel++) if (labels[pixel] === label) mask[pixel] = 1;
  return mask;
}
