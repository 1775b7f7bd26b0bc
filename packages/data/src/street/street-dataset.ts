import { ShapeError } from '@atrous/core';
import type { Dataset } from '../dataset.ts';
import { camvid } from '../label-maps/camvid.ts';
import { streetScene } from './street-scene.ts';

/** Options of {@link streetDataset}. */
export interface StreetDatasetOptions {
  /** A whole number; sets of different seeds have no scene in common. */
  readonly seed: number;
  /** How many scenes. */
  readonly count: number;
  /** In pixels; 320 by default. */
  readonly width?: number | undefined;
  /** In pixels; 240 by default. */
  readonly height?: number | undefined;
}

/**
 * A data set of made-up streets in CamVid's 11 classes. Scenes are drawn when they are opened, so that a set of any size costs nothing;
 * a larger set of the same seed begins with the scenes of a smaller one.
 *
 * @throws ShapeError when `count` is not a whole number of at least 1; opening one throws as {@link streetScene}.
 */
export function streetDataset({ seed, count, width, height }: StreetDatasetOptions): Dataset {
  if (!Number.isInteger(count) || count < 1)
    throw new ShapeError(`a data set of ${count} street scenes; it must be a whole number of at least 1`);
  const samples = Array.from({ length: count }, (_, index) => ({
    id: `street-${seed}-${String(index).padStart(5, '0')}`,
    async open({ signal }: { readonly signal?: AbortSignal | undefined } = {}) {
      signal?.throwIfAborted();
      const { image, mask } = streetScene({ seed, index, width, height });
      return { image, mask };
    },
  }));
  return { labels: camvid, samples };
}
