import { inputsOf, optimizeForInference, withInputShape, type OpDefinition, type Preprocessing } from '@atrous/core';
import { writeOnnx } from '@atrous/runtime-onnx/write';
import type { Bundle } from '@atrous/weights';

/** What pictures of any size are brought to for networks that do not mind. */
const DEFAULT_SIDE = 513;

/** Height and width of what the network is given when a picture has been prepared. */
function preparedSize({ fit, border = 0 }: Preprocessing): readonly [height: number, width: number] {
  const [height, width] = fit.mode === 'multiple' ? [DEFAULT_SIDE, DEFAULT_SIDE] : fit.size;
  return [height + 2 * border, width + 2 * border];
}

/** An ONNX model of a bundle's network, and the shape of its input. */
export interface OnnxOfBundle {
  readonly bytes: Uint8Array;
  /** `[n, h, w, c]`; any number of pictures where `n` is `null`. */
  readonly inputShape: readonly (number | null)[];
}

/**
 * Writes a bundle's network as ONNX, for prepared pictures of one size.
 *
 * @param side of the prepared picture; as the bundle prepares them when absent.
 * @throws UnsupportedError when it has custom ops.
 */
export function onnxOfBundle(bundle: Bundle, side: number | undefined, ops: readonly OpDefinition[]): OnnxOfBundle {
  const { graph, weights } = optimizeForInference(bundle, { ops });
  const size = side === undefined ? preparedSize(bundle.preprocessing) : [side, side];
  const inputShape = [null, ...size, inputsOf(graph)[0]?.shape[3] ?? 3];
  return { bytes: writeOnnx(withInputShape(graph, inputShape, { ops }), weights), inputShape };
}
