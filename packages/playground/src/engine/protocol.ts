import type { Availability, LabelClass, MemoryUse, Progress } from '@atrous/core';
import type { LabelMask } from '@atrous/data';
import type { BackendId } from './backends.ts';
import type { ModelSource } from './model/open-model.ts';
import type { LabelledPicture, LegendEntry } from '../overlay.ts';
import type { CrfSettings } from '../refine/settings.ts';

/** Classes of a picture and what it took to find them. */
export interface Outcome extends LabelledPicture {
  /** Milliseconds. */
  readonly times: {
    readonly preprocess: number;
    readonly network: number;
    readonly postprocess: number;
    /** When the labels are those of a CRF. */
    readonly crf?: number | undefined;
  };
  /** Milliseconds the network took to compile, when it was last compiled. */
  readonly compileMs: number;
  readonly memory: MemoryUse;
  /** Name of what the network ran on. */
  readonly runtime: string;
}

/** Labels of the last picture after a CRF. */
export interface Refinement extends Pick<LabelledPicture, 'labels' | 'legend'> {
  /** Milliseconds. */
  readonly crfMs: number;
  /** Part of the labels that are not the network's, 0 … 1. */
  readonly changed: number;
  /** Pixels that the CRF worked on: fewer than the picture's when that is large. */
  readonly workSize: { readonly width: number; readonly height: number };
  /** What is kept for the next time. */
  readonly bytes: number;
  /** What computed it: a graphics card, threads. */
  readonly detail: string;
}

/** What the page tells about the model that is loaded. */
export interface ModelSummary {
  readonly name: string;
  readonly description?: string | undefined;
  readonly classes: readonly LabelClass[];
  /** Numbers among the weights. */
  readonly parameters: number;
  /** A licence that the weights came with. */
  readonly license?: string | undefined;
}

/** A class that a person paints. Its id is its place in the list. */
export type PaintedClass = Pick<LabelClass, 'name' | 'color'>;

/** A photo and the ids of classes painted on it, 255 where nothing was. */
export interface PaintedPhoto {
  readonly image: ImageBitmap;
  /** May be of another size, in the same shape. */
  readonly mask: LabelMask;
}

/** A picture to segment. */
export interface SegmentRequest {
  readonly backend: BackendId;
  readonly image: ImageBitmap;
  /** Keeps what `refine` needs. */
  readonly refinable: boolean;
}

/** Where frames of a webcam are painted. */
export interface LiveRequest {
  readonly backend: BackendId;
  readonly canvas: OffscreenCanvas;
}

/** A frame of a webcam. */
export interface LiveFrame {
  readonly frame: VideoFrame;
  /** How much of the class colours covers it, 0 … 1. */
  readonly opacity: number;
}

/** What a network is trained on. */
export interface TrainingRequest {
  readonly steps: number;
  readonly classes: readonly PaintedClass[];
  readonly photos: readonly PaintedPhoto[];
}

/** News of a step of training. */
export interface TrainingReport {
  /** Steps done, this one included. */
  readonly step: number;
  readonly loss: number;
  /** Part of the painted pixels that the network gets right, 0 … 1; not at every step. */
  readonly accuracy?: number | undefined;
}

/** What the page may ask of the worker, by name: arguments and result. */
export interface Calls {
  available: { readonly ask: { readonly backend: BackendId }; readonly answer: Availability };
  /** Replaces the model. */
  load: { readonly ask: { readonly source: ModelSource }; readonly answer: ModelSummary };
  /** Labels a picture; one that is refinable can be handed to `refine` until the next one comes. */
  segment: { readonly ask: SegmentRequest; readonly answer: Outcome };
  /** Puts the labels of the last picture through a CRF, without the network. */
  refine: { readonly ask: { readonly settings: CrfSettings }; readonly answer: Refinement };
  /** Makes the network paint frames of a webcam on a canvas; false where another backend than our own on WebGPU runs it. */
  startLive: { readonly ask: LiveRequest; readonly answer: boolean };
  /** Paints a frame. Tells the classes on it now and then. */
  drawLive: { readonly ask: LiveFrame; readonly answer: readonly LegendEntry[] | undefined };
  /** Replaces the model by one that was trained on. */
  train: { readonly ask: TrainingRequest & { readonly backend: BackendId }; readonly answer: ModelSummary };
  /** Ends the training early; its call answers with what was learned. */
  finish: { readonly ask: object; readonly answer: undefined };
  /** The model's bundle as a ZIP file. */
  export: { readonly ask: object; readonly answer: Uint8Array<ArrayBuffer> };
}

/** A call, or the wish to end one. */
export type Request =
  { [K in keyof Calls]: Calls[K]['ask'] & { readonly id: number; readonly call: K } }[keyof Calls] | Abort;

/** Ends the call with that id. */
export interface Abort {
  readonly id: number;
  readonly call: 'abort';
}

/** What survives of an error on its way between threads. */
export interface Failure {
  readonly message: string;
  readonly code: string;
  readonly hint?: string | undefined;
}

/** News about a call. */
export type Reply = { readonly id: number } & (
  | { readonly progress: Progress }
  | { readonly report: TrainingReport }
  | { readonly answer: Calls[keyof Calls]['answer'] }
  | { readonly failure: Failure }
);
