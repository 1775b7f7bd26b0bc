import type { LongRunningOptions } from '@atrous/core';
import { energiesFromProbabilities, type CrfEngine } from '@atrous/crf';
import { legendOf } from '@atrous/segmenter';
import type { CrfSettings } from '../../refine/settings.ts';
import type { Refinement } from '../protocol.ts';
import { enlargeLabels } from './enlarge-labels.ts';
import { firstThatWorks } from './first-that-works.ts';
import type { Scene } from './scene.ts';

/** The CRF of the last scene. */
export interface Refiner {
  /** Labels a scene anew. Calls must wait for each other. */
  refine(scene: Scene, settings: CrfSettings, options: LongRunningOptions): Promise<Refinement>;
  /** Frees what is kept for the next call. */
  dispose(): void;
}

/**
 * Keeps a scene's energies and lattices, and for the next scene the memory and what does not look at colours.
 *
 * @param engines best first.
 */
export function createRefiner(engines: readonly CrfEngine[]): Refiner {
  const crf = firstThatWorks(engines);
  let energies: { readonly of: Scene; readonly values: Float32Array } | undefined;

  return {
    async refine(scene, settings, options) {
      const start = performance.now();
      if (energies?.of !== scene) energies = { of: scene, values: toEnergies(scene) };
      const { labels: refined } = await crf.run(scene.image, { ...settings, ...options, unary: energies.values });
      const crfMs = performance.now() - start;
      const { image, size, labelMap } = scene;
      const labels = enlargeLabels(refined, image, size);
      return {
        labels,
        legend: legendOf(labels, labelMap),
        crfMs,
        changed: differing(refined, scene.labels) / refined.length,
        workSize: { width: image.width, height: image.height },
        bytes: scene.probabilities.byteLength + crf.bytes(),
        detail: crf.detail(),
      };
    },
    dispose: () => {
      crf.dispose();
      energies = undefined;
    },
  };
}

/** In place, row by row. */
function toEnergies({ image, probabilities }: Scene): Float32Array {
  const size = probabilities.length / image.height;
  for (let start = 0; start < probabilities.length; start += size)
    probabilities.set(energiesFromProbabilities(probabilities.subarray(start, start + size)), start);
  return probabilities;
}

const differing = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let count = 0;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) count += 1;
  return count;
};
