import type { LongRunningOptions } from '@atrous/core';
import { createDenseCrf, energiesFromProbabilities, type CrfEngine, type DenseCrf } from '@atrous/crf';
import { legendOf } from '@atrous/segmenter';
import type { CrfSettings } from '../../refine/settings.ts';
import type { Refinement } from '../protocol.ts';
import { enlargeLabels } from './enlarge-labels.ts';
import type { Scene } from './scene.ts';

/** The CRF of the last scene. */
export interface Refiner {
  /** Labels a scene anew. Calls must wait for each other. */
  refine(scene: Scene, settings: CrfSettings, options: LongRunningOptions): Promise<Refinement>;
  /** Frees what is kept for the next call. */
  dispose(): void;
}

/** Keeps a scene's energies and lattices, and for the next scene the memory and what does not look at colours. */
export function createRefiner(engine: CrfEngine): Refiner {
  let crf: DenseCrf | undefined;
  let shown: Scene['image'] | undefined;
  let energies: { readonly of: Scene; readonly values: Float32Array } | undefined;

  const crfOf = async (image: Scene['image']): Promise<DenseCrf> => {
    crf ??= await createDenseCrf({ image, engine });
    if (shown !== undefined && shown !== image) crf.setImage(image);
    shown = image;
    return crf;
  };

  return {
    async refine(scene, settings, options) {
      const start = performance.now();
      if (energies?.of !== scene) energies = { of: scene, values: toEnergies(scene) };
      const context = await crfOf(scene.image);
      const { labels: refined } = await context.run({ ...settings, ...options, unary: energies.values });
      const crfMs = performance.now() - start;
      const { image, size, labelMap } = scene;
      const labels = enlargeLabels(refined, image, size);
      return {
        labels,
        legend: legendOf(labels, labelMap),
        crfMs,
        changed: differing(refined, scene.labels) / refined.length,
        workSize: { width: image.width, height: image.height },
        bytes: scene.probabilities.byteLength + context.memory.bytes,
      };
    },
    dispose: () => {
      crf?.dispose();
      crf = shown = energies = undefined;
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
