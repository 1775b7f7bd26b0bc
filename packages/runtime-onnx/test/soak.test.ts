import { createGraphBuilder, tensor } from '@atrous/core';
import { processorTime } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { onnx } from '../src/node.ts';

const RUNS = 1000;
const MIB = 2 ** 20;

const builder = createGraphBuilder();
const image = builder.input();
const features = builder.conv2d(image, { name: 'features', filters: 16, kernel: 3 });
const graph = builder.build({ y: builder.resizeBilinear(features, { corners: 'alignCorners', scale: 2 }) });
const weights = new Map([['features/weights', tensor(new Float32Array(432).fill(0.1), [3, 3, 3, 16])]]);
const photo = (side: number) => tensor(new Float32Array(side * side * 3).fill(1), [1, side, side, 3]);

/** Results lie outside of JavaScript's heap, but go with it. */
const resident = (): number => process.memoryUsage().rss / MIB;

describe('memory', () => {
  it(`stays flat over ${RUNS} runs whose results take 1 MiB each, and so does time`, async () => {
    using executable = await onnx({ threads: 1 }).compile(graph, weights);
    const timeOf = async (runs: number): Promise<number> => {
      const start = processorTime();
      for (let i = 0; i < runs; i++) await executable.run(photo(65));
      return processorTime() - start;
    };
    await timeOf(300);
    const before = resident();
    const earlier = await timeOf(RUNS / 2);
    const later = await timeOf(RUNS / 2);
    expect(resident() - before).toBeLessThan(100);
    expect(later).toBeLessThan(2 * earlier);
  });

  it('holds the two sizes that were used last, and nothing once disposed', async () => {
    const executable = await onnx({ threads: 1 }).compile(graph, weights);
    const bytes = 432 * 4;
    expect(executable.memory()).toEqual({ tensors: 1, bytes });
    for (const [side, copies] of [
      [9, 2],
      [9, 2],
      [11, 3],
      [13, 3],
      [9, 3],
    ] as const) {
      await executable.run(photo(side));
      expect(executable.memory()).toEqual({ tensors: copies, bytes: copies * bytes });
    }
    executable.dispose();
    expect(executable.memory()).toEqual({ tensors: 0, bytes: 0 });
  });

  it('is given back by an executable that is disposed while it runs, which ends well', async () => {
    const executable = await onnx({ threads: 1 }).compile(graph, weights);
    const running = executable.run(photo(9));
    const waiting = executable.run(photo(9));
    await new Promise((resolve) => setImmediate(resolve));
    executable.dispose();
    expect((await running).y?.shape).toEqual([1, 18, 18, 16]);
    await expect(waiting).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});
