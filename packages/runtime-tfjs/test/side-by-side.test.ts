import { createGraphBuilder, type Graph, type Runtime, type Tensor } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { generateTensor, largestDifference } from '@atrous/testing';
import { getBackend, memory, setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { TfjsRuntime } from '@atrous/runtime-tfjs';
import { cpu } from '../src/cpu.ts';
import { wasm } from '../src/wasm.ts';

const builder = createGraphBuilder();
const image = builder.input();
const conv = builder.conv2d(image, { name: 'conv', filters: 8, kernel: 3, atrousRate: 2, useBias: true });
const graph: Graph = builder.build({
  y: builder.softmax(
    builder.resizeBilinear(builder.activation(conv, 'relu'), { corners: 'halfPixel', size: [30, 40] }),
  ),
});
const weights = new Map(
  Object.values(conv.params).map(({ name, shape }) => [name, generateTensor({ name, shape, offset: 0, scale: 0.5 })]),
);
const photos = ['a', 'b', 'c', 'd'].map((name) => generateTensor({ name, shape: [1, 15, 20, 3], offset: 0, scale: 1 }));

async function compute(runtime: Runtime, photo: Tensor): Promise<Tensor> {
  using executable = await runtime.compile(graph, weights);
  return (await executable.run(photo)).y as Tensor;
}

const expected = await Promise.all(photos.map((photo) => compute(referenceRuntime(), photo)));

const difference = (actual: Tensor | undefined, i: number): number =>
  largestDifference(actual?.data ?? new Float32Array(), (expected[i] as Tensor).data).value;

describe('runtimes side by side', () => {
  it('compile and run at the same time, each on its own backend', async () => {
    const [onWasm, onCpu] = await Promise.all([wasm().compile(graph, weights), cpu().compile(graph, weights)]);
    const backends = new Set<string>();
    const onProgress = () => void backends.add(getBackend());
    const runs = photos.flatMap((photo, i) =>
      [onWasm, onCpu].map(async (executable) => difference((await executable.run(photo, { onProgress })).y, i)),
    );
    expect(Math.max(...(await Promise.all(runs)))).toBeLessThan(2e-6);
    expect(backends).toEqual(new Set(['wasm', 'cpu']));
    onWasm.dispose();
    onCpu.dispose();
  });

  it('keep their backend when the application chooses another one in the middle', async () => {
    using executable = await wasm().compile(graph, weights);
    const before = memory().numTensors;
    const onProgress = () => void setBackend('cpu');
    const { y } = await executable.run(photos[0] as Tensor, { onProgress });
    expect(difference(y, 0)).toBeLessThan(2e-6);
    expect(memory().numTensors).toBe(before);
  });

  it('let a call go that is aborted while another one runs', async () => {
    using executable = await wasm().compile(graph, weights);
    const controller = new AbortController();
    const order: string[] = [];
    const first = executable.run(photos[0]!, { onProgress: () => controller.abort('enough') });
    const waiting = executable.run(photos[1]!, { signal: controller.signal });
    const last = executable.run(photos[2]!);
    await Promise.all([
      first.then(() => order.push('first')),
      waiting.catch((reason: unknown) => order.push(String(reason))),
      last.then(({ y }) => order.push(`last ${difference(y, 2) < 2e-6}`)),
    ]);
    expect(order).toEqual(['enough', 'first', 'last true']);
  });

  it('lend their backend to work of others, and to one at a time', async () => {
    const order: string[] = [];
    const work = (runtime: TfjsRuntime) =>
      runtime.use(async () => {
        order.push(`${getBackend()} begins`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`${getBackend()} ends`);
        return runtime.name;
      });
    expect(await Promise.all([work(cpu()), work(wasm())])).toEqual(['cpu', 'wasm']);
    expect(order).toEqual(['cpu begins', 'cpu ends', 'wasm begins', 'wasm ends']);
    const gone = cpu().use(async () => {}, AbortSignal.abort(new Error('enough')));
    await expect(gone).rejects.toThrow('enough');
  });

  it('are several of one kind', async () => {
    const runs = [wasm(), wasm(), wasm()].map(async (runtime, i) => difference(await compute(runtime, photos[i]!), i));
    expect(Math.max(...(await Promise.all(runs)))).toBeLessThan(2e-6);
  });
});
