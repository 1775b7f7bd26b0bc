import { matMul, reshape, tensor3d, type Tensor3D } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';

/** How much of each pixel of the input a pixel of the output takes, along one axis. */
export interface AxisWeights {
  readonly inExtent: number;
  readonly outExtent: number;
  /** Calls `add` once for every pixel of the input that output pixel `out` reads, or more often, which adds up. */
  readonly each: (out: number, add: (from: number, weight: number) => void) => void;
}

/** `[1, in, out]`: multiplying by it brings gradients from the output to the input. */
function backMatrix({ inExtent, outExtent, each }: AxisWeights): Tensor3D {
  const weights = new Float32Array(inExtent * outExtent);
  for (let out = 0; out < outExtent; out++)
    each(out, (from, weight) => {
      weights[from * outExtent + out]! += weight;
    });
  return tensor3d(weights, [1, inExtent, outExtent]);
}

/**
 * The way back through anything that weighs rows and columns, one after the other: resizes and mean pools. Two products of matrices.
 *
 * @param dy `[n, h, w, c]`.
 */
export function separableGradient(dy: Tensor4D, rows: AxisWeights, columns: AxisWeights): Tensor4D {
  const [n, height, width, channels] = dy.shape;
  const down = matMul(backMatrix(rows), reshape(dy, [n, height, width * channels])); // [n, rows.in, width · c]
  const across = matMul(backMatrix(columns), reshape(down, [n * rows.inExtent, width, channels]));
  return reshape(across, [n, rows.inExtent, columns.inExtent, channels]);
}
