import { inputsOf, optimize, withInputShape, type OpDefinition, type Preprocessing } from '@atrous/core';
import { onnxTarget, writeOnnx } from '@atrous/runtime-onnx/write';
import type { Bundle } from '@atrous/weights';

/** What pictures of any size are brought to for networks that do not mind. */
const DEFAULT_SIDE = 513;

/** Height and width of what the network is given when a picture has been prepared. */
function preparedSize({ fit, border = 0 }: Preprocessing): readonly [height: number, width: number] {
  const [height, width] = fit.mode === 'multiple' ? [DEFAULT_SIDE, DEFAULT_SIDE] : fit.size;
  return [height + 2 * border, width + 2 * border];
}

/**
 * Writes a bundle's network as ONNX, for prepared pictures of one size.
 *
 * @param side of the prepared picture; as the bundle prepares them when absent.
 * @returns the bytes of a model that takes any number of pictures at once.
 * @throws UnsupportedError when it has custom ops.
 */
export function onnxOfBundle(bundle: Bundle, side: number | undefined, ops: readonly OpDefinition[]): Uint8Array {
  const size = side === undefined ? preparedSize(bundle.preprocessing) : [side, side];
  const inputShape = [null, ...size, inputsOf(bundle.graph)[0]?.shape[3] ?? 3];
  const sized = withInputShape(bundle.graph, inputShape, { ops });
  const { graph, weights } = optimize(sized, bundle.weights, { ops, target: onnxTarget });
  return writeOnnx(graph, weights);
}
