import type { LongRunningOptions } from '@atrous/core';
import { createDenseCrf, type CrfImage, type DenseCrf, type EngineChoice } from '@atrous/crf';
import type { PixelResults, Wanted } from '../postprocess/from-logits.ts';
import type { Pixels } from '../sources/pixels.ts';
import { confidenceOf } from './confidence-of.ts';
import { crfImageOf } from './crf-image.ts';
import type { SegmentCrf, SegmentCrfOptions } from './segment-crf.ts';

/** What the pixels of one picture are refined with. */
export interface Refinement {
  readonly pixels: Pixels;
  readonly crf: SegmentCrf;
  readonly wanted: Wanted;
  readonly longRunning: LongRunningOptions;
}

/** The CRF of the last picture: its engine serves the next one, and what does not depend on colours one of the same size, as in a video. */
export interface CrfKeeper {
  /**
   * Puts pixels through the CRF. Calls must wait for each other.
   *
   * @param unary energies `[h, w, c]`.
   */
  refine(unary: Float32Array, refinement: Refinement): Promise<PixelResults>;
  /** What it holds between calls. */
  bytes(): number;
  dispose(): void;
}

const optionsOf = (crf: SegmentCrf): SegmentCrfOptions => (typeof crf === 'string' ? { preset: crf } : crf);

/** Keeps nothing at first. */
export function keepCrf(): CrfKeeper {
  let kept: { readonly context: DenseCrf; readonly engine: EngineChoice } | undefined;
  const dispose = (): void => {
    kept?.context.dispose();
    kept = undefined;
  };

  const contextFor = async (image: CrfImage, { engine = 'auto', onNotice }: SegmentCrfOptions): Promise<DenseCrf> => {
    if (kept?.engine === engine) {
      kept.context.setImage(image);
      return kept.context;
    }
    dispose();
    const context = await createDenseCrf({ image, engine, onNotice });
    kept = { context, engine };
    return context;
  };

  return {
    async refine(unary, { pixels, crf, wanted, longRunning }) {
      const { engine, onNotice, ...parameters } = optionsOf(crf);
      const context = await contextFor(crfImageOf(pixels), { engine, onNotice });
      const { labels, marginals } = await context.run({ ...parameters, ...longRunning, unary });
      return {
        labels,
        ...(wanted.confidence && { confidence: confidenceOf(marginals, labels) }),
        ...(wanted.probabilities && { probabilities: marginals }),
      };
    },
    bytes: () => kept?.context.memory.bytes ?? 0,
    dispose,
  };
}
