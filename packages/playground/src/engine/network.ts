import { BackendError, type LongRunningOptions, type Runtime } from '@atrous/core';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { createSegmenter, type Segmenter } from '@atrous/segmenter';
import type { Bundle } from '@atrous/weights';
import type { BackendId } from './backends.ts';
import type { AskOptions } from './engine.ts';
import { createTurns } from './in-turn.ts';
import { startLiveNetwork, type LiveNetwork } from './live-network.ts';
import { bundleToZip } from './model/bundle-zip.ts';
import { openModel, type ModelSource } from './model/open-model.ts';
import type { CrfSettings } from '../refine/settings.ts';
import type {
  LiveFrame,
  LiveRequest,
  ModelSummary,
  Outcome,
  Refinement,
  SegmentRequest,
  TrainingRequest,
} from './protocol.ts';
import { createEdges } from './refine/edges.ts';
import { pixelsAt } from './refine/scene.ts';
import { workSize } from './refine/work-size.ts';
import { fineTune } from './training/fine-tune.ts';

/** A network compiled for one backend. */
interface Compiled {
  readonly backend: BackendId;
  readonly segmenter: Segmenter;
  readonly compileMs: number;
}

/** Where a network runs and where it learns, by backend. */
export interface NetworkRuntimes {
  readonly runtimeOf: (backend: BackendId) => Promise<Runtime>;
  readonly trainerOf: (backend: BackendId) => Promise<TfjsRuntime>;
}

/**
 * Keeps one model and one compiled network of it, which labels pictures or paints live; a new model or another backend replaces that.
 *
 * Work is done in turn: the page may ask for a picture, another backend and another model without waiting.
 */
export function createNetwork({ runtimeOf, trainerOf }: NetworkRuntimes) {
  const inTurn = createTurns();
  const edges = createEdges();
  let bundle: Bundle | undefined;
  let compiled: Compiled | undefined;
  let live: LiveNetwork | undefined;
  let finishing = new AbortController();

  const forget = () => {
    edges.forget();
    compiled?.segmenter.dispose();
    live?.dispose();
    compiled = live = undefined;
  };

  const loadedBundle = (): Bundle => {
    if (bundle) return bundle;
    throw new Error('the page asked for something that needs a model before it had loaded one');
  };

  const compile = async (backend: BackendId, options: LongRunningOptions): Promise<Compiled> => {
    if (compiled?.backend === backend) return compiled;
    forget();
    const loaded = loadedBundle();
    const runtime = await runtimeOf(backend);
    const start = performance.now();
    const segmenter = await createSegmenter({ bundle: loaded, runtime, ...options });
    compiled = { backend, segmenter, compileMs: performance.now() - start };
    return compiled;
  };

  const segment = async (
    { backend, image, refinable }: SegmentRequest,
    options: LongRunningOptions,
  ): Promise<Outcome> => {
    options.signal?.throwIfAborted();
    edges.next(refinable);
    const { segmenter, compileMs } = await compile(backend, options);
    const size = { width: image.width, height: image.height };
    const pixels = refinable ? pixelsAt(image, workSize(size, segmenter.labels.classes.length)) : undefined;
    const segmentation = await segmenter.segment(pixels ?? image, { ...options, probabilities: refinable });
    const { preprocess, run: network, postprocess } = segmentation.timings;
    const labelled = pixels ? edges.keep(segmentation, pixels, size) : segmentation;
    const { labels, legend } = labelled;
    return {
      ...size,
      labels,
      legend,
      times: { preprocess, network, postprocess },
      compileMs,
      memory: segmenter.memory(),
      runtime: segmenter.runtime,
    };
  };

  const runsOnOwnWebgpu = async (backend: BackendId, options: LongRunningOptions): Promise<boolean> => {
    if (backend !== 'auto') return backend === 'webgpu' || backend === 'webgpu-software';
    return (await compile(backend, options)).segmenter.runtime === 'webgpu';
  };

  const startLive = async ({ backend, canvas }: LiveRequest, options: LongRunningOptions): Promise<boolean> => {
    options.signal?.throwIfAborted();
    if (!(await runsOnOwnWebgpu(backend, options))) return false;
    forget();
    live = await startLiveNetwork(loadedBundle(), { canvas, isSoftware: backend === 'webgpu-software' }, options);
    return true;
  };

  const drawLive = async ({ frame, opacity }: LiveFrame) => {
    if (live) return live.draw(frame, opacity);
    throw new Error('the network that painted the webcam gave way to another');
  };

  const forgetWhereDeviceFailed = (error: unknown): never => {
    // A device that was lost, or is out of memory, gets a new start.
    if (error instanceof BackendError) forget();
    throw error;
  };

  const train = async (backend: BackendId, request: TrainingRequest, options: AskOptions): Promise<ModelSummary> => {
    options.signal?.throwIfAborted();
    // Two networks may not fit on the device.
    forget();
    finishing = new AbortController();
    const trainer = await trainerOf(backend);
    const finish = finishing.signal;
    bundle = await fineTune(trainer, loadedBundle(), request, { ...options, finish });
    return summaryOf(bundle);
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
    segment: (request: SegmentRequest, options: LongRunningOptions): Promise<Outcome> =>
      inTurn(() => segment(request, options))
        .catch(forgetWhereDeviceFailed)
        // This thread's own copy.
        .finally(() => request.image.close()),
    startLive: (request: LiveRequest, options: LongRunningOptions) => inTurn(() => startLive(request, options)),
    drawLive: (request: LiveFrame) =>
      inTurn(() => drawLive(request))
        .catch(forgetWhereDeviceFailed)
        .finally(() => request.frame.close()),
    refine: (settings: CrfSettings, options: LongRunningOptions): Promise<Refinement> =>
      inTurn(() => edges.refine(settings, options)),
    train: (backend: BackendId, request: TrainingRequest, options: AskOptions): Promise<ModelSummary> =>
      inTurn(() => train(backend, request, options)).finally(() =>
        request.photos.forEach(({ image }) => image.close()),
      ),
    finish: (): undefined => finishing.abort() as undefined,
    toZip: () => bundleToZip(loadedBundle()),
  };
}

const summaryOf = ({ manifest, labels, weights }: Bundle): ModelSummary => ({
  name: manifest.name,
  description: manifest.description,
  classes: labels.classes,
  parameters: [...weights.values()].reduce((sum, { data }) => sum + data.length, 0),
  license: manifest.provenance.license,
});
