import type { LongRunningOptions } from '@atrous/core';
import { legendOf, type Segmentation } from '@atrous/segmenter';
import type { LabelledPicture } from '../../overlay.ts';
import type { CrfSettings } from '../../refine/settings.ts';
import type { Refinement } from '../protocol.ts';
import { enlargeLabels } from './enlarge-labels.ts';
import { loadRefiner } from './load-refiner.ts';
import type { Refiner } from './refiner.ts';
import type { Scene } from './scene.ts';
import type { Size } from './work-size.ts';

/** What counts of a segmentation. */
type Labelled = Pick<Segmentation, 'labels' | 'probabilities' | 'labelMap'>;

/** The last picture as far as a CRF needs it, and the CRF. */
export interface Edges {
  /** Another picture comes: there is room for the probabilities of one only. What a CRF prepared is kept for it when it is refinable. */
  next(refinable: boolean): void;
  /**
   * Keeps a segmentation with its probabilities.
   *
   * @param pixels what was segmented.
   * @param size of the photo.
   * @returns its labels at the photo's size.
   */
  keep(segmentation: Labelled, pixels: ImageData, size: Size): Pick<LabelledPicture, 'labels' | 'legend'>;
  /** Calls must wait for each other, and for the segmentation. */
  refine(settings: CrfSettings, options: LongRunningOptions): Promise<Refinement>;
  /** Frees everything. */
  forget(): void;
}

/** Fetches the code of the CRF when it is first asked for. */
export function createEdges(load: () => Promise<Refiner> = loadRefiner): Edges {
  let refiner: Refiner | undefined;
  let scene: Scene | undefined;
  const forget = () => {
    scene = undefined;
    refiner?.dispose();
  };
  return {
    next: (refinable) => {
      scene = undefined;
      if (!refinable) forget();
    },
    keep: ({ labels: found, probabilities, labelMap }, pixels, size) => {
      if (!probabilities) throw new Error('a segmentation without probabilities cannot be refined');
      scene = { image: pixels, probabilities, labels: found, labelMap, size };
      const labels = enlargeLabels(found, pixels, size);
      return { labels, legend: legendOf(labels, labelMap) };
    },
    async refine(settings, options) {
      options.signal?.throwIfAborted();
      if (!scene) throw new Error('the page asked to refine a picture before one was segmented for it');
      refiner ??= await load();
      return refiner.refine(scene, settings, options);
    },
    forget,
  };
}
