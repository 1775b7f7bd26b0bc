import type { LongRunningOptions } from '@atrous/core';
import { element } from './dom.ts';
import type { BackendId } from './engine/backends.ts';
import type { Engine } from './engine/engine.ts';
import type { ModelSummary } from './engine/protocol.ts';
import type { Results } from './results.ts';

/** What frames are painted with. */
export interface LiveWish {
  readonly backend: BackendId;
  readonly model: ModelSummary;
}

/** A webcam's frames, painted where the network runs: on a graphics card. */
export interface LiveView {
  /** @returns false where that does not work: then the frame is to be segmented. */
  draw(video: HTMLVideoElement): Promise<boolean>;
  /** Why it does not, where it should. */
  readonly trouble: string | undefined;
}

/** What painting needs of the page. */
export interface LiveViewOptions {
  readonly engine: Engine;
  readonly results: Results;
  /** `undefined` while frames are to be segmented. */
  readonly wish: () => LiveWish | undefined;
  readonly options: LongRunningOptions;
}

/** A wish, and the canvas where it came true. */
interface Attempt extends LiveWish {
  readonly canvas?: HTMLCanvasElement | undefined;
}

/** Tries once with each model and backend. */
export function createLiveView({ engine, results, wish, options }: LiveViewOptions): LiveView {
  let attempt: Attempt | undefined;
  let trouble: string | undefined;

  const start = async ({ backend }: LiveWish, size: Size): Promise<HTMLCanvasElement | undefined> => {
    const canvas = element('canvas', { ...size, id: 'live', role: 'img', ariaLabel: 'The webcam and its classes' });
    const offscreen = canvas.transferControlToOffscreen();
    const ask = { backend, canvas: offscreen };
    return (await engine.ask('startLive', ask, { ...options, transfer: [offscreen] })) ? canvas : undefined;
  };
  const paint = async (video: HTMLVideoElement): Promise<void> => {
    const frame = new VideoFrame(video);
    try {
      const ask = { frame, opacity: results.opacity() };
      const legend = await engine.ask('drawLive', ask, { ...options, transfer: [frame] });
      if (legend) results.showLegend(legend);
    } finally {
      frame.close();
    }
  };
  return {
    get trouble() {
      return trouble;
    },
    async draw(video) {
      const wanted = wish();
      const isSame = wanted && attempt?.backend === wanted.backend && attempt.model === wanted.model;
      if (!isSame) [attempt, trouble] = [wanted, undefined];
      if (!wanted) return false;
      try {
        const size = { width: video.videoWidth, height: video.videoHeight };
        const canvas = isSame ? attempt?.canvas : await start(wanted, size);
        if (!canvas) return false;
        attempt = { ...wanted, canvas };
        await paint(video);
        if (!isSame) results.showLive(canvas, size);
        return true;
      } catch (error) {
        options.signal?.throwIfAborted();
        attempt = wanted;
        trouble = error instanceof Error ? error.message : String(error);
        return false;
      }
    },
  };
}

type Size = { readonly width: number; readonly height: number };
