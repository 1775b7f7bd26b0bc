import type { LabelMap, LongRunningOptions, MemoryUse } from '@atrous/core';
import type { WebGpuRuntime } from '@atrous/runtime-webgpu';
import type { Bundle } from '@atrous/weights';

/** Where frames are painted. */
export type LiveCanvas = HTMLCanvasElement | OffscreenCanvas;

/**
 * What can be drawn: what a camera, a video or a canvas gives, or a texture of the segmenter's device, `rgba8unorm` or `bgra8unorm` with the
 * usage `TEXTURE_BINDING`. Frames stay the caller's to close.
 */
export type LiveSource =
  VideoFrame | ImageBitmap | HTMLVideoElement | HTMLImageElement | HTMLCanvasElement | OffscreenCanvas | GPUTexture;

/** Pixels. */
export interface LiveSize {
  readonly width: number;
  readonly height: number;
}

/** Options of `createLiveSegmenter`. */
export interface LiveSegmenterOptions extends LongRunningOptions {
  /** Network, weights, labels and preprocessing, as `fetchBundle` or `createBundle` of @atrous/weights return them. */
  readonly bundle: Bundle;
  /** Takes the size of each picture, and a WebGPU context: one that nobody else draws on. */
  readonly canvas: LiveCanvas;
  /** Default: `webgpu()` of @atrous/runtime-webgpu, with a device of its own. One that is given stays the caller's. */
  readonly runtime?: WebGpuRuntime | undefined;
  /** How much of the class colour covers the picture, 0 … 1. Default 0.5. */
  readonly opacity?: number | undefined;
  /** Ids that are not painted. By default those of classes called `background`. */
  readonly unpainted?: readonly number[] | undefined;
}

/** Labels of the frame that was drawn last, as the network saw it: at the size that the bundle's `fit` gives the picture. */
export interface LiveLabels extends LiveSize {
  /** `[h, w]`, class ids; `Uint16Array` when there are more than 256 classes. */
  readonly labels: Uint8Array | Uint16Array;
}

/** A network that paints what it sees, frame by frame, without leaving the GPU. */
export interface LiveSegmenter {
  readonly labels: LabelMap;
  /** What it computes on, for textures of one's own. */
  readonly device: GPUDevice;
  /** How much of the class colour covers the picture, 0 … 1, from the next frame on. @throws ShapeError when it is set to something else. */
  opacity: number;
  /** Prepares for frames of a size, so that the first one takes no longer than the others. */
  warmUp(size: LiveSize): Promise<void>;
  /**
   * Paints a picture and the colours of its classes. Nothing is read back.
   *
   * @returns whether it was: a frame that comes while the one before is still being handed over is dropped.
   * @throws DataError `SOURCE_UNKNOWN`, `SOURCE_NOT_READY`, `SOURCE_EMPTY`.
   * @throws BackendError `DEVICE_LOST`, then and from then on; `OUT_OF_MEMORY`; `DISPOSED`.
   */
  draw(source: LiveSource): Promise<boolean>;
  /** The labels that are on the canvas, read back. @throws BackendError `NOTHING_DRAWN` before the first frame, and as `draw`. */
  readLabels(): Promise<LiveLabels>;
  /** What network and frames hold on the device. */
  memory(): MemoryUse;
  /** Frees everything but the canvas, and a runtime that was given. */
  dispose(): void;
  [Symbol.dispose](): void;
}
