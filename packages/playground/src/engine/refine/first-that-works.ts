import { BackendError } from '@atrous/core';
import {
  createDenseCrf,
  type CrfEngine,
  type CrfImage,
  type CrfResult,
  type CrfRunOptions,
  type DenseCrf,
} from '@atrous/crf';

/** A CRF whose engine gives way to the next when it fails. */
export interface SteadyCrf {
  /** @throws what the last engine throws, and whatever is not the engine's fault. */
  run(image: CrfImage, options: CrfRunOptions): Promise<CrfResult>;
  /** What computed the last run, and where. */
  detail(): string;
  /** What is held between runs. */
  bytes(): number;
  /** Frees that. */
  dispose(): void;
}

/** @param engines best first. One that is not available, lost its device or ran out of memory is not asked again. */
export function firstThatWorks(engines: readonly CrfEngine[]): SteadyCrf {
  let left = engines;
  let crf: DenseCrf | undefined;
  let shown: CrfImage | undefined;
  let detail = '';

  const dispose = () => {
    crf?.dispose();
    crf = shown = undefined;
  };
  const crfOf = async (engine: CrfEngine, image: CrfImage): Promise<DenseCrf> => {
    if (crf && shown !== image) crf.setImage(image);
    crf ??= await createDenseCrf({ image, engine });
    shown = image;
    return crf;
  };
  const run = async (image: CrfImage, options: CrfRunOptions): Promise<CrfResult> => {
    const [engine, ...others] = left as [CrfEngine, ...CrfEngine[]];
    try {
      const result = await (await crfOf(engine, image)).run(options);
      const here = await engine.available();
      detail = here.available ? here.detail : '';
      return result;
    } catch (error) {
      if (!(error instanceof BackendError) || others.length === 0) throw error;
      dispose();
      left = others;
      return run(image, options);
    }
  };
  return { run, detail: () => detail, bytes: () => crf?.memory.bytes ?? 0, dispose };
}
