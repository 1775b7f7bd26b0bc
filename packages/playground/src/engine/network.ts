import { BackendError, type LongRunningOptions, type Runtime } from '@atrous/core';
import { createSegmenter, type Segmenter } from '@atrous/segmenter';
import type { Bundle } from '@atrous/weights';
import type { BackendId } from './backends.ts';
import { createTurns } from './in-turn.ts';
import { openModel, type ModelSource } from './model/open-model.ts';
import type { ModelSummary, Outcome } from './protocol.ts';

/** A network compiled for one backend. */
interface Compiled {
  readonly backend: BackendId;
  readonly segmenter: Segmenter;
  readonly compileMs: number;
}

/**
 * Keeps one model and one compiled network of it; a new model or another backend replaces that.
 *
 * Work is done in turn: the page may ask for a picture, another backend and another model without waiting.
 */
export function createNetwork(runtimeOf: (backend: BackendId) => Promise<Runtime>) {
  const inTurn = createTurns();
  let bundle: Bundle | undefined;
  let compiled: Compiled | undefined;

  const forget = () => {
    compiled?.segmenter.dispose();
    compiled = undefined;
  };

  const compile = async (backend: BackendId, options: LongRunningOptions): Promise<Compiled> => {
    if (compiled?.backend === backend) return compiled;
    forget();
    if (!bundle) throw new Error('the page asked for classes before it had loaded a model');
    const runtime = await runtimeOf(backend);
    const start = performance.now();
    const segmenter = await createSegmenter({ bundle, runtime, ...options });
    compiled = { backend, segmenter, compileMs: performance.now() - start };
    return compiled;
  };

  const segment = async (backend: BackendId, image: ImageBitmap, options: LongRunningOptions): Promise<Outcome> => {
    options.signal?.throwIfAborted();
    const { segmenter, compileMs } = await compile(backend, options);
    const { width, height, labels, legend, timings } = await segmenter.segment(image, options);
    const times = { preprocess: timings.preprocess, network: timings.run, postprocess: timings.postprocess };
    return { width, height, labels, legend, times, compileMs, memory: segmenter.memory() };
  };

  return {
    load: async (source: ModelSource, options: LongRunningOptions): Promise<ModelSummary> => {
      const next = await openModel(source, options);
      return inTurn(async () => {
        options.signal?.throwIfAborted();
        forget();
        bundle = next;
        return summaryOf(next);
      });
    },
    segment: (backend: BackendId, image: ImageBitmap, options: LongRunningOptions): Promise<Outcome> =>
      inTurn(() => segment(backend, image, options))
        .catch((error: unknown) => {
          // A device that was lost, or is out of memory, gets a new start.
          if (error instanceof BackendError) forget();
          throw error;
        })
        // This thread's own copy.
        .finally(() => image.close()),
  };
}

const summaryOf = ({ manifest, labels, weights }: Bundle): ModelSummary => ({
  name: manifest.name,
  description: manifest.description,
  classes: labels.classes.length,
  parameters: [...weights.values()].reduce((sum, { data }) => sum + data.length, 0),
  license: manifest.provenance.license,
});
