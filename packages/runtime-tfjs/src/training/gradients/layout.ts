import { gather, reshape, tensor1d, transpose } from '@tensorflow/tfjs-core';
import type { Tensor4D } from '../../kernel.ts';
import { blockOrder } from '../../kernels/layout.ts';
import { padOrCrop } from '../composed/spread.ts';
import type { Gradient } from '../gradient.ts';

/** Every input gets its own channels back. */
export const concat: Gradient<'concat'> = {
  reads: () => [],
  compute({ wanted, dy, inputShapes, kernels }) {
    let start = 0;
    return {
      inputs: inputShapes.map((shape, index) => {
        const begin = start;
        start += shape[3];
        return wanted.inputs[index] ? kernels.sliceChannels(dy, begin, shape) : undefined;
      }),
    };
  },
};

export const pad: Gradient<'pad'> = {
  reads: () => [],
  compute({ wanted: { attrs }, dy }) {
    const { top, bottom, left, right } = attrs.pads;
    const dx = padOrCrop(dy, { top: -top, bottom: -bottom, left: -left, right: -right });
    return { inputs: [dx === dy ? dy.clone() : dx] };
  },
};

/** Blocks of pixels to channels in TensorFlow's order: one transpose of four dimensions, which every backend takes. */
function spaceToDepth(x: Tensor4D, block: number): Tensor4D {
  const [n, height, width, channels] = x.shape;
  const rows: Tensor4D = reshape(x, [(n * height) / block, block, width / block, block * channels]);
  return reshape(transpose(rows, [0, 2, 1, 3]), [n, height / block, width / block, block * block * channels]);
}

/** @see Shi et al. 2016, "Real-Time Single Image and Video Super-Resolution", §3.2, arXiv:1609.05158 (`crr`) */
export const depthToSpace: Gradient<'depthToSpace'> = {
  reads: () => [],
  compute({ wanted: { attrs }, dy }) {
    const { blockSize, order } = attrs;
    if (blockSize === 1) return { inputs: [dy.clone()] };
    const blocks = spaceToDepth(dy, blockSize);
    if (order === 'rrc') return { inputs: [blocks] };
    const channels = blocks.shape[3];
    const back = new Int32Array(channels);
    blockOrder(channels, blockSize).forEach((from, to) => (back[from] = to));
    return { inputs: [gather(blocks, tensor1d(back, 'int32'), 3)] };
  },
};
