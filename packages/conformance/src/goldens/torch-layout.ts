import type { Node, Tensor } from '@atrous/core';

/**
 * Filters `[kh, kw, in, out]` as PyTorch lays them out: `[out, in, kh, kw]`, depthwise `[out, 1, kh, kw]`. Other tensors as they are.
 *
 * @param node the node that owns them.
 */
export function toTorch({ shape, data }: Tensor, node: Node | undefined): Tensor['data'] {
  if (shape.length !== 4) return data;
  const [height = 1, width = 1, first = 1, second = 1] = shape;
  const [inputs, outputs] = node?.kind === 'depthwiseConv2d' ? [1, first * second] : [first, second];
  const plane = height * width;
  const moved = new Float32Array(data.length);
  for (let pixel = 0; pixel < plane; pixel++)
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++)
        moved[(o * inputs + i) * plane + pixel] = data[(pixel * inputs + i) * outputs + o] as number;
  return moved;
}
