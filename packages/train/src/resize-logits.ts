import { resizeTaps, type CornerRule } from '@atrous/core';
import { matMul, reshape, tensor3d, type Tensor3D, type Tensor4D } from '@tensorflow/tfjs-core';

/** Row `i`: how much of each input pixel output pixel `i` takes. */
function tapMatrix(corners: CornerRule, from: number, to: number): Tensor3D {
  const weights = new Float32Array(to * from);
  for (let i = 0; i < to; i++) {
    const { lower, upper, lowerWeight, upperWeight } = resizeTaps(corners, i, from, to);
    weights[i * from + lower]! += lowerWeight;
    weights[i * from + upper]! += upperWeight;
  }
  return tensor3d(weights, [1, to, from]);
}

/**
 * Bilinear interpolation that can be differentiated by every rule and to every size, as two products of matrices.
 *
 * @param x `[n, h, w, c]`.
 * @returns `[n, height, width, c]`.
 */
export function resizeLogits(x: Tensor4D, height: number, width: number, corners: CornerRule): Tensor4D {
  const [images, inHeight, inWidth, channels] = x.shape;
  const rows = matMul(tapMatrix(corners, inHeight, height), reshape(x, [images, inHeight, inWidth * channels]));
  const columns = matMul(tapMatrix(corners, inWidth, width), reshape(rows, [images * height, inWidth, channels]));
  return reshape(columns, [images, height, width, channels]);
}
