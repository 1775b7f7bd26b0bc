import type { Availability, MemoryUse, Progress } from '@atrous/core';
import type { BackendId } from './backends.ts';
import type { ModelSource } from './model/open-model.ts';
import type { LabelledPicture } from '../overlay.ts';

/** Classes of a picture and what it took to find them. */
export interface Outcome extends LabelledPicture {
  /** Milliseconds. */
  readonly times: { readonly preprocess: number; readonly network: number; readonly postprocess: number };
  /** Milliseconds the network took to compile, when it was last compiled. */
  readonly compileMs: number;
  readonly memory: MemoryUse;
}

/** What the page tells about the model that is loaded. */
export interface ModelSummary {
  readonly name: string;
  readonly description?: string | undefined;
  readonly classes: number;
  /** Numbers among the weights. */
  readonly parameters: number;
  /** A licence that the weights came with. */
  readonly license?: string | undefined;
}

/** What the page may ask of the worker, by name: arguments and result. */
export interface Calls {
  available: { readonly ask: { readonly backend: BackendId }; readonly answer: Availability };
  /** Replaces the model. */
  load: { readonly ask: { readonly source: ModelSource }; readonly answer: ModelSummary };
  segment: { readonly ask: { readonly backend: BackendId; readonly image: ImageBitmap }; readonly answer: Outcome };
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
  { readonly progress: Progress } | { readonly answer: Calls[keyof Calls]['answer'] } | { readonly failure: Failure }
);
