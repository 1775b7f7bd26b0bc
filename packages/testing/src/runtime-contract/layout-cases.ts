import { defineOp, type Json, type Tensor } from '@atrous/core';
import type { OpCase } from './op-case.ts';

/** Adds a learned vector to every pixel and turns the image upside down: no op of the closed set does that. */
const flipAndShift = defineOp({
  name: 'test/flip-and-shift',
  description: 'Turns an image upside down and adds a vector times `by`',
  inferShape: ([x]) => x ?? [],
  params: ([x]) => ({ shift: { name: 'shift', shape: [x?.[3] ?? 0] } }),
  reference([x], { shift }, options: { readonly [key: string]: Json }): Tensor {
    const { shape, data } = x as Tensor;
    const [, height = 1, width = 1, channels = 1] = shape;
    const flipped = Float32Array.from(data, (_, i) => {
      const row = Math.floor(i / (width * channels));
      const y = row % height;
      const mirrored = (row - y + (height - 1 - y)) * width * channels + (i % (width * channels));
      return (data[mirrored] as number) + Number(options.by) * (shift?.data[i % channels] as number);
    });
    return { shape, data: flipped };
  },
});

const shuffles = (['crr', 'rrc'] as const).flatMap((order) =>
  [2, 4].map((blockSize): OpCase => ({
    op: 'depthToSpace',
    title: `depthToSpace ${order} blocks of ${blockSize}`,
    shape: [2, 3, 4, 3 * blockSize ** 2],
    build: (b, x) => b.depthToSpace(x, { blockSize, order }),
  })),
);

/** Ops that move values around, and ops from outside. */
export const layoutCases: readonly OpCase[] = [
  ...shuffles,
  {
    op: 'concat',
    title: 'concat of different widths',
    shape: [2, 5, 4, 3],
    build: (b, x) => b.concat([x, b.conv2d(x, { name: 'conv', filters: 6, kernel: 3 }), b.activation(x, 'relu')]),
  },
  { op: 'concat', title: 'concat of one', shape: [1, 2, 3, 4], build: (b, x) => b.concat([x]) },
  {
    op: 'pad',
    title: 'pad by different amounts',
    shape: [2, 4, 5, 3],
    build: (b, x) => b.pad(x, { pads: { top: 1, bottom: 0, left: 2, right: 3 } }),
  },
  {
    op: 'pad',
    title: 'pad before a strided convolution',
    shape: [1, 8, 7, 3],
    build: (b, x) =>
      b.conv2d(b.pad(x, { pads: { top: 1, bottom: 1, left: 1, right: 1 } }), {
        name: 'conv',
        filters: 4,
        kernel: 3,
        stride: 2,
        padding: 'valid',
      }),
  },
  {
    op: 'custom',
    title: 'custom op with a parameter, between two convolutions',
    shape: [2, 5, 4, 3],
    ops: [flipAndShift],
    build(b, x) {
      const before = b.conv2d(x, { name: 'before', filters: 4, kernel: 3 });
      const flipped = b.custom(flipAndShift, [before], { name: 'flip', options: { by: 2 } });
      return b.conv2d(flipped, { name: 'after', filters: 2, kernel: 3, padding: 'valid' });
    },
  },
];
