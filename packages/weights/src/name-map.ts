import type { Node, Param } from '@atrous/core';

/**
 * How filters lie in a checkpoint.
 *
 * - `hwio`: TensorFlow and Keras, `[kh, kw, in, out]`, depthwise `[kh, kw, c, multiplier]`.
 * - `oihw`: PyTorch, Caffe, ONNX, `[out, in, kh, kw]`, depthwise `[c · multiplier, 1, kh, kw]`.
 * - `ohwi`: TensorFlow Lite, `[out, kh, kw, in]`, depthwise `[1, kh, kw, c · multiplier]`.
 */
export type FilterLayout = 'hwio' | 'oihw' | 'ohwi';

/** What the tensors of one family of checkpoints are called. */
export interface NameMap {
  readonly name: string;
  readonly description: string;
  readonly layout: FilterLayout;
  /**
   * Names that a parameter may have in the checkpoint, best first; none when the family does not have it.
   *
   * @param node the first node that owns the parameter.
   */
  sourcesOf(param: Param, node: Node): readonly string[];
  /** Whether a tensor of the checkpoint is rightly unused: optimiser slots, step counters, training-only heads. */
  ignores?(sourceName: string): boolean;
}
