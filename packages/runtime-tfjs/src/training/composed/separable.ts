import { matMul, reshape, tensor3d, type Tensor3D } from '@tensorflow/tfjs-core';
import type { AxisWeights, TrainingKernels } from '../training-kernels.ts';

/** `[1, in, out]`: multiplying by it brings gradients from the output to the input. */
function backMatrix({ inExtent, outExtent, each }: AxisWeights): Tensor3D {
  const weights = new Float32Array(inExtent * outExtent);
  for (let out = 0; out < outExtent; out++)
    each(out, (from, weight) => {
      weights[from * outExtent + out]! += weight;
    });
  return tensor3d(weights, [1, inExtent, outExtent]);
}

/** Two products of matrices. */
export const separableGradient: TrainingKernels['separableGradient'] = (dy, rows, columns) => {
  const [n, height, width, channels] = dy.shape;
  const down = matMul(backMatrix(rows), reshape(dy, [n, height, width * channels])); // [n, rows.in, width · c]
  const across = matMul(backMatrix(columns), reshape(down, [n * rows.inExtent, width, channels]));
  return reshape(across, [n, rows.inExtent, columns.inExtent, channels]);
};
