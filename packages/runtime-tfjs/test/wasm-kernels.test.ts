import { createRandom, resolvePads, type WindowGeometry } from '@atrous/core';
import { wasm } from '@atrous/runtime-tfjs/wasm';
import { mul, pad, reshape, stack, stridedSlice, sum, tensor4d, tidy, type Tensor4D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { depthwiseFilterGradient } from '../src/wasm-kernels/depthwise-gradients.ts';
import { openHeap, type Heap } from '../src/wasm-kernels/heap.ts';
import { instantiate, type Assembly } from '../src/wasm-kernels/instantiate.ts';

function noise(shape: [number, number, number, number], seed: number): Tensor4D {
  const random = createRandom('wasm kernels', seed);
  return tensor4d(
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.uniform(-1, 1)),
    shape,
  );
}

describe('kernels on the memory of tfjs', () => {
  let opened: { heap: Heap; assembly: Assembly };
  beforeAll(async () => {
    await wasm().available();
    const heap = openHeap()!;
    opened = { heap, assembly: (await instantiate(heap))! };
  });

  it.each([1, 2, 6, 18])('depthwise filter gradient, rate %i', (rate) => {
    const window: Required<WindowGeometry> = {
      kernel: [3, 3],
      strides: [1, 1],
      atrousRate: [rate, rate],
      padding: 'same',
    };
    const pads = resolvePads(window, [9, 11]);
    tidy(() => {
      const x = noise([2, 9, 11, 23], 1);
      const dy = noise([2, 9, 11, 23], 2);
      const padded = pad(x, [
        [0, 0],
        [pads.top, pads.bottom],
        [pads.left, pads.right],
        [0, 0],
      ]);
      const taps = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((i) => {
        const [top, left] = [Math.floor(i / 3) * rate, (i % 3) * rate];
        return sum(
          mul(dy, stridedSlice(padded, [0, top, left, 0], [2, top + 9, left + 11, 23], [1, 1, 1, 1])),
          [0, 1, 2],
        );
      });
      const expected = reshape(stack(taps), [3, 3, 23, 1]).dataSync();
      const actual = depthwiseFilterGradient(opened, x, dy, { ...window, pads }).dataSync();
      expect(Math.max(...actual.map((a, i) => Math.abs(a - expected[i]!)))).toBeLessThan(1e-5);
    });
  });
});
