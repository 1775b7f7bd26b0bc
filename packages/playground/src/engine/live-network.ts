import type { LongRunningOptions } from '@atrous/core';
import { legendOf } from '@atrous/segmenter';
import type { Bundle } from '@atrous/weights';
import type { LegendEntry } from '../overlay.ts';

/** A network that paints the frames of a webcam. */
export interface LiveNetwork {
  /** @returns the classes on the frame, once a second: only then something is read back from the GPU. */
  draw(frame: VideoFrame, opacity: number): Promise<readonly LegendEntry[] | undefined>;
  dispose(): void;
}

/** What it is started with. */
export interface LiveStart {
  /** Of the page: what is painted is seen at once. */
  readonly canvas: OffscreenCanvas;
  /** Also on an adapter that computes in software. */
  readonly isSoftware: boolean;
}

const legendEveryMs = 1000;

/** Compiles a network for the GPU, and a canvas. @throws as `createLiveSegmenter`. */
export async function startLiveNetwork(
  bundle: Bundle,
  { canvas, isSoftware }: LiveStart,
  options: LongRunningOptions,
): Promise<LiveNetwork> {
  const [{ createLiveSegmenter }, { webgpu }] = await Promise.all([
    import('@atrous/segmenter/live'),
    import('@atrous/runtime-webgpu'),
  ]);
  const runtime = webgpu({ software: isSoftware });
  try {
    const live = await createLiveSegmenter({ bundle, canvas, runtime, ...options });
    let toldAt = -Infinity;
    return {
      async draw(frame, opacity) {
        live.opacity = opacity;
        await live.draw(frame);
        if (performance.now() - toldAt < legendEveryMs) return undefined;
        toldAt = performance.now();
        return legendOf((await live.readLabels()).labels, live.labels);
      },
      dispose() {
        live.dispose();
        runtime.dispose();
      },
    };
  } catch (error) {
    runtime.dispose();
    throw error;
  }
}
