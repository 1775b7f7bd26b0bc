import { createGraphBuilder, defineOp, fuseActivations, tensor as hostTensor, type Tensor } from '@atrous/core';
import { memory, zeros, type Tensor4D } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cpu } from '../../src/cpu.ts';
import type { TfjsRuntime } from '../../src/index.ts';
import { wasm } from '../../src/wasm.ts';
import { webgpu } from '../../src/webgpu.ts';
import { generated, gradients, smallNetwork, take, trainableOf, weightsOf } from './small-network.ts';

const graph = smallNetwork(2);
const weights = weightsOf(graph);
const batchStatistics = new Set(['block0/bn', 'block1/bn']);
const dropoutKeys = [7, 'dropout', 0];

const square = (withGradient: boolean) =>
  defineOp({
    name: 'test/square',
    description: 'x²',
    inferShape: ([x]) => x ?? [],
    reference: ([x]) =>
      hostTensor(
        Float32Array.from((x as Tensor).data, (value) => value ** 2),
        (x as Tensor).shape,
      ),
    ...(withGradient && {
      gradient: ({ inputs: [x], outputGradient }: { inputs: readonly Tensor[]; outputGradient: Tensor }) => ({
        inputs: [
          hostTensor(
            Float32Array.from((x as Tensor).data, (value, i) => 2 * value * (outputGradient.data[i] as number)),
            (x as Tensor).shape,
          ),
        ],
      }),
    }),
  });

function squared(withGradient: boolean) {
  const op = square(withGradient);
  const b = createGraphBuilder({ ops: [op] });
  const conv = b.conv2d(b.input(), { name: 'conv', filters: 2, kernel: 1 });
  return { op, graph: b.build({ y: b.custom(op, [conv], { name: 'square', options: null }) }) };
}

const here = await webgpu().available();
const runtimes: readonly TfjsRuntime[] = [wasm(), cpu(), ...(here.available ? [webgpu()] : [])];

describe.each(runtimes)('a network that trains on $name', (runtime) => {
  it('gives the same gradients whether values are kept or computed again', async () => {
    using network = await runtime.trainable(graph, weights);
    await network.use(async () => {
      const kept = await gradients(network, { batchStatistics, dropoutKeys });
      for (const keep of [new Set<string>(), new Set(['block0/add'])])
        expect(await gradients(network, { batchStatistics, dropoutKeys, keep })).toEqual(kept);
    });
  });

  it('holds less between the two ways when values are computed again', async () => {
    const deep = smallNetwork(8);
    using network = await runtime.trainable(deep, weightsOf(deep));
    await network.use(async () => {
      const image = generated('image', [2, 33, 33, 3]);
      const held = (keep?: ReadonlySet<string>): number => {
        const before = memory().numBytes;
        const pass = network.forward({ image }, { trainable: trainableOf(deep), keep });
        const bytes = memory().numBytes - before;
        pass.dispose();
        return bytes;
      };
      expect(held(new Set(['block3/add']))).toBeLessThan(held() / 3);
      image.dispose();
    });
  });

  it('leaves nothing behind, whatever becomes of a pass', async () => {
    using network = await runtime.trainable(graph, weights);
    await network.use(async () => {
      await gradients(network, { batchStatistics, dropoutKeys });
      const before = memory().numTensors;
      await gradients(network, { batchStatistics, dropoutKeys });
      await gradients(network, { batchStatistics, dropoutKeys, keep: new Set(['block0/add']) });
      const image = generated('image', [2, 9, 11, 3]);
      network.forward({ image }, { trainable: trainableOf(graph), batchStatistics, dropoutKeys }).dispose();
      expect(() => network.forward({ image: zeros([1, 2, 2, 4]) })).toThrow('needs [?, ?, ?, 3]');
      image.dispose();
      expect(memory().numTensors).toBe(before + 1);
    });
  });

  it('keeps nothing but the outputs for what is not trained', async () => {
    using network = await runtime.trainable(graph, weights);
    await network.use(async () => {
      const image = generated('image', [1, 9, 9, 3]);
      const before = memory().numTensors;
      const pass = network.forward({ image });
      expect(memory().numTensors).toBe(before + 1);
      pass.dispose();
      image.dispose();
    });
  });

  it('goes through activations that were fused into the op before', async () => {
    const b = createGraphBuilder();
    const conv = b.conv2d(b.input(), { name: 'conv', filters: 4, kernel: 3, atrousRate: 2 });
    const plain = b.build({ y: b.activation(conv, 'hardSwish', { name: 'swish' }) });
    const own = weightsOf(plain);
    const fused = fuseActivations(plain);
    expect(fused.nodes).toHaveLength(2);
    using network = await runtime.trainable(plain, own);
    using other = await runtime.trainable(fused, own);
    await network.use(async () => expect(await gradients(other)).toEqual(await gradients(network)));
  });

  it('refuses to go through what was fused for inference', async () => {
    const b = createGraphBuilder();
    const taps = b.conv2d(b.input(), { name: 'conv', filters: 4, kernel: 1 });
    const attrs = {
      target: { kind: 'scale', factor: [2, 2] },
      ...{ corners: 'halfPixel', kernel: [2, 2], atrousRate: [1, 1], padding: 'same', filters: 1 },
      ...{ useBias: false, activation: 'linear' },
    } as const;
    const y = b.addNode({ kind: 'interpolateTaps', name: 'taps', inputs: [taps.name], attrs, params: {} });
    const fused = b.build({ y });
    using network = await runtime.trainable(fused, weightsOf(fused));
    await network.use(async () => {
      const image = generated('image', [1, 3, 3, 3]);
      expect(() => network.forward({ image }, { trainable: new Set(['conv/weights']) })).toThrow(
        '"taps" was written by `optimize`',
      );
      image.dispose();
    });
  });

  it('shares parameters with another graph, and replaces them for both', async () => {
    using network = await runtime.trainable(graph, weights);
    const b = createGraphBuilder();
    const alone = network.withGraph(b.build({ y: b.conv2d(b.input(), { name: 'stem', filters: 4, kernel: 3 }) }));
    await network.use(async () => {
      const value = generated('new', [3, 3, 3, 4]);
      network.assign(new Map([['stem/weights', value]]));
      expect(alone.parameters.get('stem/weights')).toBe(value);
      alone.dispose();
      expect((await network.download()).get('stem/weights')?.data).toEqual(await value.data());
      expect(network.memory().tensors).toBe(weights.size);
    });
    const missing = createGraphBuilder();
    const stranger = missing.conv2d(missing.input(), { name: 'strange', filters: 1, kernel: 1 });
    expect(() => network.withGraph(missing.build({ y: stranger }))).toThrow('strange/weights');
  });

  it('gives zeros for what the scalar does not depend on', async () => {
    const b = createGraphBuilder();
    const stem = b.conv2d(b.input(), { name: 'stem', filters: 4, kernel: 1 });
    const two = b.build({ y: stem, ids: b.argMax(b.conv2d(stem, { name: 'side', filters: 2, kernel: 1 })) });
    using network = await runtime.trainable(two, weightsOf(two));
    await network.use(async () => {
      const { 'side/weights': side, 'stem/weights': own } = await gradients(network);
      expect(side).toEqual(Array.from({ length: 8 }, () => 0));
      expect(own?.some((value) => value !== 0)).toBe(true);
    });
  });

  it('says what is wrong', async () => {
    using network = await runtime.trainable(graph, weights);
    await network.use(async () => {
      const image = generated('image', [1, 9, 9, 3]);
      expect(() => network.forward({})).toThrow('"image" was not given');
      expect(() => network.forward({ image }, { trainable: new Set(['stem/wieghts']) })).toThrow('stem/wieghts');
      expect(() => network.forward({ image }, { keep: new Set(['nowhere']) })).toThrow('nowhere');
      expect(() => network.assign(new Map([['stem/weights', image]]))).toThrow('[3, 3, 3, 4], not [1, 9, 9, 3]');
      const pass = network.forward({ image }, { trainable: trainableOf(graph) });
      expect(() => pass.backward({ z: image })).toThrow('no output "z"');
      expect(() => pass.backward({ y: image })).toThrow('the gradient of "y" is [1, 9, 9, 3]');
      await take(pass.backward({}));
      expect(() => pass.backward({})).toThrow('went back already');
      pass.dispose();
      image.dispose();
    });
    network.dispose();
    await expect(network.use(async () => undefined)).rejects.toThrow('disposed');
  });
});

describe.each([wasm(), cpu()])('ops of plugins on $name', (runtime) => {
  it('are gone through by their gradient', async () => {
    const { op, graph: withOp } = squared(true);
    using network = await runtime.trainable(withOp, weightsOf(withOp), { ops: [op] });
    const b = createGraphBuilder();
    const conv = b.conv2d(b.input(), { name: 'conv', filters: 2, kernel: 1 });
    using same = await runtime.trainable(b.build({ y: b.multiply(conv, conv) }), weightsOf(withOp));
    await network.use(async () => {
      const [actual, expected] = [await gradients(network), await gradients(same)];
      for (const [i, value] of (expected['conv/weights'] ?? []).entries())
        expect(actual['conv/weights']?.[i]).toBeCloseTo(value, 4);
    });
  });

  it('without a gradient stop the way back, and leave nothing behind', async () => {
    const { op, graph: broken } = squared(false);
    using network = await runtime.trainable(broken, weightsOf(broken), { ops: [op] });
    await network.use(async () => {
      const before = memory().numTensors;
      const image = generated('image', [1, 3, 3, 3]);
      const pass = network.forward({ image }, { trainable: new Set(['conv/weights']) });
      const y = pass.outputs['y'] as Tensor4D;
      expect(() => pass.backward({ y })).toThrow('the op "test/square" of "square" has no gradient');
      pass.dispose();
      image.dispose();
      expect(memory().numTensors).toBe(before);
    });
  });
});

it.skipIf(!here.available)('refuses ops of plugins where tensors cannot be read back at once', async () => {
  const { op, graph: withOp } = squared(true);
  using network = await webgpu().trainable(withOp, weightsOf(withOp), { ops: [op] });
  await expect(network.use(() => gradients(network))).rejects.toMatchObject({ name: 'UnsupportedError' });
});

it('drops the same on every backend, a quarter of it, by the keys alone', async () => {
  const b = createGraphBuilder();
  const dropped = b.build({ y: b.dropout(b.input({ shape: [1, 40, 40, 2] }), { name: 'dropout', rate: 0.25 }) });
  const results = [];
  for (const runtime of runtimes)
    for (const keys of [
      [1, 2],
      [1, 2],
      [1, 3],
    ]) {
      using network = await runtime.trainable(dropped, new Map());
      results.push(
        await network.use(async () => {
          const image = generated('image', [1, 40, 40, 2]);
          const pass = network.forward({ image }, { dropoutKeys: keys });
          const values = [...((await pass.outputs['y']?.data()) as Float32Array)];
          pass.dispose();
          image.dispose();
          return values;
        }),
      );
    }
  const [first, again, other, elsewhere] = results as [number[], number[], number[], number[]];
  expect(again).toEqual(first);
  expect(elsewhere).toEqual(first);
  expect(other).not.toEqual(first);
  expect(first.filter((value) => value === 0).length / first.length).toBeCloseTo(0.25, 1);
});
