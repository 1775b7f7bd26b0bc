import { BackendError, type LabelMap } from '@atrous/core';
import { watchDevice } from '@atrous/platform/gpu';
import { webgpu } from '@atrous/runtime-webgpu';
import { checkGraph } from '../check-graph.ts';
import { labelGraph } from './label-graph.ts';
import type { LiveCanvas, LiveSegmenter, LiveSegmenterOptions } from './live-segmenter.ts';
import { checkOpacity, paintFrames } from './paint-frames.ts';
import { createPipelines } from './pipelines.ts';

/** What errors of the device advise. */
const ADVICE = { smaller: 'use smaller frames', again: 'create the live segmenter again, or use `createSegmenter`' };

const backgroundOf = ({ classes }: LabelMap): readonly number[] =>
  classes.filter(({ name }) => name === 'background').map(({ id }) => id);

/** Red, green, blue and whether they cover the picture, by class. */
function colorsOf({ bundle: { labels }, unpainted }: LiveSegmenterOptions): Float32Array<ArrayBuffer> {
  const bare = new Set(unpainted ?? backgroundOf(labels));
  return Float32Array.from(
    labels.classes.flatMap(({ id, color: [red, green, blue] }) => [
      ...[red / 255, green / 255, blue / 255],
      Number(!bare.has(id)),
    ]),
  );
}

/** @throws BackendError `NO_CANVAS`. */
function contextOf(canvas: LiveCanvas): GPUCanvasContext {
  const context: unknown = canvas.getContext('webgpu');
  if (context) return context as GPUCanvasContext;
  throw new BackendError('the canvas has no WebGPU context', {
    code: 'NO_CANVAS',
    hint: 'give one that nothing was drawn on in another way',
  });
}

/** What the canvas shows without a conversion. Only pages have it. */
const preferredFormat = (): GPUTextureFormat =>
  typeof navigator !== 'undefined' && 'gpu' in navigator ? navigator.gpu.getPreferredCanvasFormat() : 'rgba8unorm';

/**
 * Compiles a bundle's network into something that paints camera frames and their labels on a canvas, all on the GPU: pictures are fitted and
 * normalised, labelled and painted without a number coming back to the program.
 *
 * Labels are those of the picture at the network's own size. `createSegmenter` draws them at the picture's, from enlarged logits.
 *
 * @throws ShapeError as `createSegmenter`, and `LIVE_BORDER`; UnsupportedError for a network with custom ops; BackendError `NO_CANVAS`, or
 *   as the runtime's `compile` where there is no GPU; with the signal's reason when aborted.
 */
export async function createLiveSegmenter(options: LiveSegmenterOptions): Promise<LiveSegmenter> {
  const { bundle, canvas, runtime = webgpu(), signal, onProgress } = options;
  checkGraph(bundle.graph, bundle.preprocessing);
  const graph = labelGraph(bundle.graph, bundle.preprocessing);
  const colors = colorsOf(options);
  const opacity = checkOpacity(options.opacity ?? 0.5);
  const context = contextOf(canvas);
  const executable = await runtime.compile(graph, bundle.weights, { signal, onProgress });
  const { device } = executable;
  const watched = watchDevice(device, ADVICE);
  const format = preferredFormat();
  const freeNetwork = (): void => {
    executable.dispose();
    if (options.runtime === undefined) runtime.dispose();
  };
  const pipelines = await watched.settle(createPipelines(device, format)).catch((error: unknown) => {
    freeNetwork();
    throw error;
  });
  context.configure({ device, format });
  return paintFrames({
    ...{ executable, watched, pipelines, bundle, canvas, context, colors, opacity },
    free: freeNetwork,
  });
}
