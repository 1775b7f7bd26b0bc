import type { LabelMap, Tensor } from '@atrous/core';

/** Images and labels of one step. */
export interface Batch {
  /** `[n, h, w, 3]` float32, normalised as the network wants them. */
  readonly images: Tensor;
  /** Class ids `[n, h, w]`, int32; the label map's ignore label where nothing counts. */
  readonly labels: Tensor;
}

/** Where a run has its batches from. */
export interface BatchSource {
  readonly labels: LabelMap;
  /** Steps in which every image is seen about once, where that is known. */
  readonly stepsPerEpoch?: number | undefined;
  /** The batch of a step, counted from 0. The same step always has the same batch, so that a run can go on anywhere. */
  batch(step: number, options?: { readonly signal?: AbortSignal | undefined }): Promise<Batch>;
}
