import type { LabelMap, LongRunningOptions, MemoryUse, OpDefinition, Runtime } from '@atrous/core';
import type { AutoEvent } from '@atrous/runtime-auto';
import type { Bundle } from '@atrous/weights';
import type { SegmentCrf } from './crf/segment-crf.ts';
import type { Segmentation } from './segmentation.ts';
import type { ImageSource } from './sources/image-source.ts';

/** Options of `createSegmenter`. */
export interface SegmenterOptions extends LongRunningOptions {
  /** Network, weights, labels and preprocessing, as `fetchBundle`, `readBundle` or `createBundle` of @atrous/weights return them. */
  readonly bundle: Bundle;
  /** What the network runs on. Default `auto`: whichever is fastest here, as `auto()` of @atrous/runtime-auto finds out by measuring. */
  readonly runtime?: Runtime | 'auto' | undefined;
  /** Hears what `auto` chose and why, and when another runtime takes over because a device went away. */
  readonly onRuntime?: ((event: AutoEvent) => void) | undefined;
  /** Definitions of the custom ops in the bundle's graph. */
  readonly ops?: readonly OpDefinition[] | undefined;
}

/**
 * Options of {@link Segmenter.segment}. Progress is reported in the phases `preprocess`, `run` and `postprocess`; with a CRF then in its
 * `prepare` and `infer`, and in `crf`, which ends last.
 */
export interface SegmentOptions extends LongRunningOptions {
  /** Also return the probability of each pixel's label. Default false. */
  readonly confidence?: boolean | undefined;
  /** Also return the probabilities of all classes: 4 bytes per pixel and class. Default false. */
  readonly probabilities?: boolean | undefined;
  /**
   * Draws the labels to the edges of the picture with a fully connected CRF, as DeepLab v1 and v2 do: a preset or parameters. Default:
   * none. Takes 8 bytes per pixel and class while it runs.
   */
  readonly crf?: SegmentCrf | undefined;
}

/** A compiled network that takes pictures. */
export interface Segmenter<Source = ImageSource> {
  readonly labels: LabelMap;
  /** Name of the runtime that the network is on now. */
  readonly runtime: string;
  /**
   * Labels every pixel of a picture. Calls that overlap take turns.
   *
   * @throws DataError when the source is none, is empty, cannot be decoded or is not ready yet.
   * @throws UnknownPluginError for a preset of the CRF that does not exist; ShapeError for parameters of it that are out of range, or when
   * the classes are not 2 … 256.
   * @throws BackendError `DISPOSED` after `dispose`; with the runtime's error when the network fails; with the signal's reason when
   * aborted, waiting for its turn included.
   */
  segment(source: Source, options?: SegmentOptions): Promise<Segmentation>;
  /** What the network holds on its device, and the bytes of what labelling pixels and the CRF of the last picture keep for the next. */
  memory(): MemoryUse;
  /** Frees the network. A call that is running ends first, calls that wait for their turn are rejected, as are later ones. */
  dispose(): void;
  [Symbol.dispose](): void;
  /** As `dispose`; resolves once the network is freed. */
  [Symbol.asyncDispose](): Promise<void>;
}
