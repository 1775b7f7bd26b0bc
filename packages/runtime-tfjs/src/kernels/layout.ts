import {
  clone,
  concat as concatTensors,
  depthToSpace as depthToSpaceTensor,
  gather,
  pad as padTensor,
  tensor1d,
} from '@tensorflow/tfjs-core';
import type { Pads } from '@atrous/core';
import { inputOf, type Kernel, type Tensor4D } from '../kernel.ts';

/** Channels of all inputs, one input after the other. */
export const concat: Kernel<'concat'> = (call) =>
  call.inputs.length === 1 ? clone(inputOf(call)) : concatTensors([...call.inputs], 3);

/** Smaller than every feature, and finite because shaders cannot spell infinity. */
export const LOWEST = -3.4e38;

/** Rows and columns of `value` around an image. */
export function padImage(x: Tensor4D, { top, bottom, left, right }: Pads, value = 0): Tensor4D {
  if (top === 0 && bottom === 0 && left === 0 && right === 0) return x;
  return padTensor(
    x,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    value,
  );
}

/** Zeros around height and width. */
export const pad: Kernel<'pad'> = (call) => clone(padImage(inputOf(call), call.attrs.pads));

/** Where TensorFlow's order `(dy·b + dx)·C + c` finds its channels in the order `c·b² + dy·b + dx`. */
export function blockOrder(channels: number, blockSize: number): Int32Array {
  const blocks = blockSize ** 2;
  const perPixel = channels / blocks;
  return Int32Array.from({ length: channels }, (_, i) => (i % perPixel) * blocks + Math.floor(i / perPixel));
}

/**
 * Spreads channels over blocks of pixels.
 *
 * Channels in PyTorch's order are put into TensorFlow's first: the usual transpose has six dimensions, which not every backend takes.
 *
 * @see Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution", §3.2, arXiv:1609.05158 (`crr`)
 */
export const depthToSpace: Kernel<'depthToSpace'> = (call) => {
  const { blockSize, order } = call.attrs;
  const x = inputOf(call);
  if (blockSize === 1) return clone(x);
  const ordered = order === 'rrc' ? x : gather(x, tensor1d(blockOrder(x.shape[3], blockSize), 'int32'), 3);
  return depthToSpaceTensor(ordered, blockSize, 'NHWC');
};
