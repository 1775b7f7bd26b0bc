import { createGraphBuilder, defineOp, type Tensor } from '@atrous/core';
import { generateTensor, largestDifference } from '@atrous/testing';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { cpu } from '../src/cpu.ts';
import { createTfjsRuntime } from '../src/index.ts';
import { wasm } from '../src/wasm.ts';

const failing = defineOp({
  name: 'test/failing',
  description: 'Throws',
  inferShape: ([x]) => x ?? [],
  reference(): Tensor {
    throw new TypeError('the plugin is broken');
  },
});

const builder = createGraphBuilder({ ops: [failing] });
const conv = builder.conv2d(builder.input(), { name: 'conv', filters: 4, kernel: 3, useBias: true });
const pooled = builder.maxPool(conv, { kernel: 2, stride: 2 });
const graph = builder.build({ y: builder.activation(pooled, 'sigmoid') });
const broken = builder.build({ y: builder.custom(failing, [pooled], { name: 'failing', options: null }) });
const huge = builder.build({
  y: builder.resizeBilinear(pooled, { corners: 'alignCorners', size: [100_000, 100_000] }),
});
const weights = new Map(
  Object.values(conv.params).map(({ name, shape }) => [name, generateTensor({ name, shape, offset: 0, scale: 0.5 })]),
);
const photo = generateTensor({ name: 'photo', shape: [1, 16, 16, 3], offset: 0, scale: 1 });
const reason = new Error('the person left');

describe.each([wasm(), cpu()])('$name leaves nothing behind', (runtime) => {
  let before = 0;
  beforeAll(async () => {
    (await runtime.compile(graph, weights)).dispose();
    before = memory().numTensors;
  });

  it('of the parts of filters that are left at small sizes, made once each', async () => {
    const b = createGraphBuilder();
    const wide = b.build({
      y: b.conv2d(b.input(), { name: 'conv', filters: 4, kernel: 3, atrousRate: 12, useBias: true }),
    });
    const executable = await runtime.compile(wide, weights);
    const exact = await runtime.compile(wide, weights, { exact: true });
    const sized = (height: number, width: number): Tensor =>
      generateTensor({ name: 'photo', shape: [1, height, width, 3], offset: 0, scale: 1 });
    const tensors: number[] = [];
    for (const [height, width] of [
      [16, 16],
      [12, 16],
      [9, 9],
      [12, 16],
    ] as const) {
      const image = sized(height, width);
      const [actual, expected] = [(await executable.run(image)).y, (await exact.run(image)).y];
      expect(largestDifference(actual!.data, expected!.data).value).toBeLessThan(1e-5);
      tensors.push(executable.memory().tensors);
    }
    expect(tensors).toEqual([2, 3, 4, 4]);
    expect(exact.memory().tensors).toBe(2);
    executable.dispose();
    exact.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('after a run and dispose', async () => {
    const executable = await runtime.compile(graph, weights);
    expect(memory().numTensors).toBe(before + 2);
    await executable.run(photo);
    expect(memory().numTensors).toBe(before + 2);
    executable.dispose();
    expect(memory().numTensors).toBe(before);
  });

  it.each([0, 1, 2, 3])('when a run is aborted before node %i', async (node) => {
    const controller = new AbortController();
    using executable = await runtime.compile(graph, weights);
    const run = executable.run(photo, {
      signal: controller.signal,
      onProgress: ({ completed }) => void (completed === node && controller.abort(reason)),
    });
    await expect(run).rejects.toBe(reason);
    expect(memory().numTensors).toBe(before + 2);
  });

  it('when compiling is aborted half-way', async () => {
    const controller = new AbortController();
    const onProgress = ({ completed }: { completed: number }) => void (completed === 1 && controller.abort(reason));
    await expect(runtime.compile(graph, weights, { signal: controller.signal, onProgress })).rejects.toBe(reason);
    expect(memory().numTensors).toBe(before);
  });

  it("when a plugin's op throws, which comes out as it is", async () => {
    using executable = await runtime.compile(broken, weights, { ops: [failing] });
    await expect(executable.run(photo)).rejects.toThrow(TypeError);
    expect(memory().numTensors).toBe(before + 2);
  });

  it('when memory runs out, and works again afterwards', async () => {
    using executable = await runtime.compile(huge, weights);
    await expect(executable.run(photo)).rejects.toMatchObject({ name: 'BackendError', code: 'OUT_OF_MEMORY' });
    expect(memory().numTensors).toBe(before + 2);
    using small = await runtime.compile(graph, weights);
    expect((await small.run(photo)).y?.shape).toEqual([1, 8, 8, 4]);
  });

  it('when disposed in the middle of a run, which is refused then', async () => {
    const executable = await runtime.compile(graph, weights);
    const onProgress = ({ completed }: { completed: number }) => void (completed === 2 && executable.dispose());
    await expect(executable.run(photo, { onProgress })).rejects.toMatchObject({ code: 'DISPOSED' });
    expect(executable.memory()).toEqual({ tensors: 0, bytes: 0 });
    expect(memory().numTensors).toBe(before);
  });

  it('and keeps weights apart from the arrays they were given in', async () => {
    const own = new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
    using executable = await runtime.compile(graph, own, { exact: true });
    const { y } = await executable.run(photo);
    for (const { data } of own.values()) data.fill(0);
    expect((await executable.run(photo)).y).toEqual(y);
  });
});

describe('a device that is lost', () => {
  it('is reported, and started anew by the next compile', async () => {
    let lost: string | undefined;
    let starts = 0;
    const runtime = createTfjsRuntime({
      name: 'unsteady',
      description: 'Loses its device',
      tfjsName: 'cpu',
      quirks: { noHalfPixel: true },
      async load() {
        await import('@tensorflow/tfjs-backend-cpu');
        lost = undefined;
        starts++;
      },
      describe: () => 'unsteady',
      lost: () => lost,
    });
    using executable = await runtime.compile(graph, weights);
    lost = 'unplugged';
    await expect(executable.run(photo)).rejects.toMatchObject({
      name: 'BackendError',
      code: 'DEVICE_LOST',
      message: expect.stringContaining('unplugged') as string,
    });
    using again = await runtime.compile(graph, weights);
    expect((await again.run(photo)).y?.shape).toEqual([1, 8, 8, 4]);
    expect(starts).toBe(2);
    await expect(executable.run(photo)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });
});
