import { resizeTaps, type CornerRule } from '@atrous/core';
import { customGrad, matMul, reshape, tensor3d, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core';

/** How much of each input pixel (column) every output pixel (row) takes, or the same with rows and columns exchanged. */
function tapMatrix(corners: CornerRule, from: number, to: number, transposed: boolean): Tensor3D {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const { lower, upper, lowerWeight, upperWeight } = resizeTaps(corners, i, from, to);
    for (const [j, weight] of [
      [lower, lowerWeight],
      [upper, upperWeight],
    ] as const)
      weights[transposed ? j * to + i : i * from + j]! += weight;
  }
  return tensor3d(weights, transposed ? [1, from, to] : [1, to, from]);
}

/** Multiplies each column of a map, then each row. */
function multiplySides(x: Tensor4D, onRows: Tensor3D, onColumns: Tensor3D): Tensor4D {
  const [images, inHeight, inWidth, channels] = x.shape;
  const [height, width] = [onRows.shape[1], onColumns.shape[1]];
  const rows = matMul(onRows, reshape(x, [images, inHeight, inWidth * channels]));
  const columns = matMul(onColumns, reshape(rows, [images * height, inWidth, channels]));
  return reshape(columns, [images, height, width, channels]);
}

/**
 * Bilinear interpolation that can be differentiated by every rule and to every size, as two products of matrices.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, height, width, c]`.
 */
export function resizeLogits(x: Tensor4D, height: number, width: number, corners: CornerRule): Tensor4D {
  const [, inHeight, inWidth] = x.shape;
  const matrices = (transposed: boolean) =>
    [tapMatrix(corners, inHeight, height, transposed), tapMatrix(corners, inWidth, width, transposed)] as const;
  // the gradient that TensorFlow.js would find transposes matrices on the device, which WASM is slow at
  const resize = customGrad((logits) => ({
    value: multiplySides(logits as Tensor4D, ...matrices(false)),
    gradFunc: (dy: Tensor4D) => multiplySides(dy, ...matrices(true)),
  }));
  return resize(x);
}
