import type { Pads } from '@atrous/core';
import type { Tensor4D } from '../kernel.ts';
import type { Heap } from './heap.ts';
import type { Assembly } from './instantiate.ts';

/** Where the taps of a depthwise convolution lie. */
export interface TapGeometry {
  readonly kernel: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly atrousRate: readonly [number, number];
  readonly pads: Pads;
}

/** Gradient of `[kh, kw, c, 1]` filters from the input and the gradient of the output. */
export function depthwiseFilterGradient(
  { heap, assembly }: { readonly heap: Heap; readonly assembly: Assembly },
  x: Tensor4D,
  dy: Tensor4D,
  { kernel, strides, atrousRate, pads }: TapGeometry,
): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [, outHeight, outWidth] = dy.shape;
  const dw = heap.allocate<Tensor4D>([...kernel, channels, 1]);
  assembly.depthwiseFilterGradient(
    heap.addressOf(x),
    heap.addressOf(dy),
    heap.addressOf(dw),
    batch,
    height,
    width,
    channels,
    outHeight,
    outWidth,
    ...kernel,
    ...strides,
    ...atrousRate,
    pads.top,
    pads.left,
  );
  return dw;
}
