import type { LongRunningOptions } from '@atrous/core';
import type { EngineChoice } from './choose-engine.ts';
import type { CrfEngine, CrfInference } from './engine.ts';
import type { CrfImage } from './kernel-spec.ts';
import type { CrfParameters } from './parameters/crf-parameters.ts';
import type { UnarySource } from './unary/unary-source.ts';

/** Options of {@link createDenseCrf}; parameters are what its runs take when they say nothing else. */
export interface CreateDenseCrfOptions extends CrfParameters {
  /** The picture whose edges the labels are drawn to. */
  readonly image?: CrfImage | undefined;
  /** In pixels; only needed without a picture. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  /** Default `auto`: the fastest that works here. */
  readonly engine?: EngineChoice | undefined;
  /** Hears why `auto` passed over a faster engine. */
  readonly onNotice?: ((notice: string) => void) | undefined;
}

/** Options of {@link DenseCrf.run}. */
export type CrfRunOptions = UnarySource & CrfParameters & LongRunningOptions;

/** A segmentation after the CRF. */
export interface CrfResult extends CrfInference {
  readonly width: number;
  readonly height: number;
  /** `[h, w]`, the label of the largest marginal, the lowest of equal ones. */
  readonly labels: Uint8Array;
  /** What computed it. */
  readonly engine: CrfEngine['name'];
}

/** A CRF over one picture after the other: sliders, the frames of a video, a data set. */
export interface DenseCrf {
  /** Of the picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** What computes. `auto` may take another one for pictures of another size. */
  readonly engine: CrfEngine['name'];
  /** What is held between runs. */
  readonly memory: { readonly bytes: number };
  /**
   * Labels the picture. What depends on the picture and on standard deviations is kept for the next run; unaries, number of labels,
   * weights and iterations may change freely. With another standard deviation one kernel is prepared anew. Runs wait for each other.
   *
   * @throws ShapeError, DataError for input that does not fit, the signal's reason when aborted, BackendError `DISPOSED`.
   */
  run(options: CrfRunOptions): Promise<CrfResult>;
  /**
   * Goes on with another picture in runs that follow. The engine and its memory stay and, where the size is the same, kernels without
   * colours. The same array with other colours is another picture.
   *
   * @throws ShapeError when its data does not fit its size, UnsupportedError `TOO_MANY_PIXELS`.
   */
  setImage(image: CrfImage): void;
  /** Frees what is held. Running afterwards throws. */
  dispose(): void;
  [Symbol.dispose](): void;
}
