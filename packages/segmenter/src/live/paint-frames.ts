import { BackendError, createQueue, inputsOf, ShapeError } from '@atrous/core';
import type { WatchedDevice } from '@atrous/platform/gpu';
import type { WebGpuExecutable } from '@atrous/runtime-webgpu';
import type { Bundle } from '@atrous/weights';
import { planFit } from '../fit/plan-fit.ts';
import { frameOf, type Frame } from './frame-of.ts';
import type { LiveCanvas, LiveSegmenter, LiveSize } from './live-segmenter.ts';
import type { Pipelines } from './pipelines.ts';
import { readLabels } from './read-labels.ts';
import { createStage, type Stage } from './stage.ts';

/** What frames are painted with. */
export interface Painting {
  readonly bundle: Bundle;
  /** Of the bundle's network, with labels as its output. */
  readonly executable: WebGpuExecutable;
  readonly watched: WatchedDevice;
  readonly pipelines: Pipelines;
  readonly canvas: LiveCanvas;
  /** Configured. */
  readonly context: GPUCanvasContext;
  /** Red, green, blue and whether they cover the picture, 0 or 1, by class. */
  readonly colors: Float32Array<ArrayBuffer>;
  /** At first. */
  readonly opacity: number;
  /** Frees the network. */
  readonly free: () => void;
}

/** @returns it. @throws ShapeError unless it is within 0 and 1. */
export function checkOpacity(opacity: number): number {
  if (opacity >= 0 && opacity <= 1) return opacity;
  throw new ShapeError(`the opacity is ${opacity}; it must be within 0 and 1`);
}

/** Makes stages for frames of one size after the other; the last one is kept. */
function createStages({ bundle, executable, watched, pipelines, colors }: Painting) {
  const { graph, preprocessing, labels } = bundle;
  const input = inputsOf(graph)[0]!.name;
  const { device } = watched;
  let stage: Stage | undefined;
  const drop = (): void => {
    stage?.dispose();
    stage = undefined;
  };
  return {
    drop,
    bytes: () => stage?.bytes ?? 0,
    async stageFor({ width, height }: LiveSize): Promise<Stage> {
      if (stage?.source.width === width && stage.source.height === height) return stage;
      drop();
      const plan = planFit(preprocessing.fit, [height, width]);
      const network = await executable.onDevice({ [input]: [1, ...plan.input, 3] });
      const spec = { device, pipelines, network, source: { width, height }, plan, preprocessing, labels, colors };
      const made: Stage[] = [];
      try {
        await watched.attempt(() => void made.push(createStage(spec)));
      } catch (error) {
        (made[0] ?? network).dispose();
        throw error;
      }
      return (stage = made[0]!);
    },
  };
}

/** Paints one frame after the other. It owns the network and what is on the device for frames. */
export function paintFrames(painting: Painting): LiveSegmenter {
  const { bundle, executable, watched, canvas, context } = painting;
  const { device } = watched;
  const queue = createQueue();
  const stages = createStages(painting);
  let { opacity } = painting;
  let drawn: Stage | undefined;
  let isDisposed = false;
  let underWay = 0;

  const check = (): void => {
    if (isDisposed)
      throw new BackendError('the live segmenter was disposed', { code: 'DISPOSED', hint: 'create another one' });
    watched.checkAlive();
  };
  /** The queue itself learns of the end of a job only after whoever waited for it. */
  const inTurn = async <T>(job: () => Promise<T>): Promise<T> => {
    check();
    underWay++;
    try {
      return await queue.run(async () => {
        check();
        return job();
      });
    } finally {
      underWay--;
    }
  };
  const prepare = async (size: LiveSize): Promise<Stage> => {
    const stage = await stages.stageFor(size);
    check();
    if (drawn !== stage) drawn = undefined;
    return stage;
  };
  async function drawNow({ size, texture }: Frame): Promise<void> {
    const stage = await prepare(size);
    if (canvas.width !== size.width) canvas.width = size.width;
    if (canvas.height !== size.height) canvas.height = size.height;
    await watched.attempt(() => {
      const picture = texture(device, stage.picture);
      stage.cover(opacity);
      const encoder = device.createCommandEncoder();
      stage.encode(encoder, picture, context.getCurrentTexture());
      device.queue.submit([encoder.finish()]);
    });
    drawn = stage;
  }
  const dispose = (): void => {
    if (isDisposed) return;
    isDisposed = true;
    // whoever draws or reads may finish
    void queue.idle().then(() => {
      stages.drop();
      context.unconfigure();
      painting.free();
    });
  };
  return {
    labels: bundle.labels,
    device,
    get opacity() {
      return opacity;
    },
    set opacity(wanted) {
      opacity = checkOpacity(wanted);
    },
    warmUp: (size) => inTurn(async () => void (await prepare(size))),
    async draw(source) {
      const frame = frameOf(source);
      if (underWay > 0) return false;
      await inTurn(() => drawNow(frame));
      return true;
    },
    readLabels: () =>
      inTurn(async () => {
        if (drawn) return readLabels(watched, drawn);
        throw new BackendError('nothing was drawn yet', { code: 'NOTHING_DRAWN', hint: 'await `draw` before' });
      }),
    memory() {
      if (isDisposed) return { tensors: 0, bytes: 0 };
      const { tensors, bytes } = executable.memory();
      return { tensors, bytes: bytes + stages.bytes() };
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}
