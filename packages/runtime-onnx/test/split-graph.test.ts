import { createGraphBuilder, defineOp, tensor, type Tensor } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';
import { onnx } from '../src/node.ts';
import { splitGraph } from '../src/split-graph.ts';

const negate = defineOp({
  name: 'negate',
  description: 'Turns the sign',
  inferShape: ([shape]) => shape ?? [],
  reference: ([x]) => ({ shape: x!.shape, data: x!.data.map((value) => -value) }),
});
const ops = [negate];

/** Two custom ops behind each other, one beside them, values that are read across, and an output of every sort. */
function network() {
  const b = createGraphBuilder();
  const image = b.input({ shape: [1, 2, 2, 3] });
  const early = b.activation(image, 'sigmoid', { name: 'early' });
  const first = b.custom(negate, [early], { name: 'first' });
  const middle = b.activation(first, 'leakyRelu', { name: 'middle' });
  const second = b.custom(negate, [middle], { name: 'second' });
  const beside = b.custom(negate, [image], { name: 'beside' });
  const late = b.add([early, second, beside], { name: 'late' });
  return b.build({ late, second, early, image });
}

describe('a network with custom ops', () => {
  it('is cut between them, with as few parts as there are stretches', () => {
    const steps = splitGraph(network(), ['custom']).map((step) =>
      step.kind === 'apart' ? step.node.name : step.graph.nodes.map(({ name }) => name),
    );
    expect(steps).toEqual([
      ['image', 'early'],
      'first',
      'beside',
      ['first', 'middle'],
      'second',
      ['early', 'second', 'beside', 'late'],
    ]);
  });

  it('computes what it says, and leaves the image alone', async () => {
    const image = tensor(
      Float32Array.from({ length: 12 }, (_, i) => i - 6),
      [1, 2, 2, 3],
    );
    using executable = await onnx({ threads: 1 }).compile(network(), new Map(), { ops });
    using reference = await referenceRuntime().compile(network(), new Map(), { ops });
    const [actual, expected] = [await executable.run(image), await reference.run(image)];
    expect(Object.keys(actual)).toEqual(Object.keys(expected));
    for (const [name, { shape, data }] of Object.entries(expected)) {
      expect(actual[name]?.shape).toEqual(shape);
      for (const [i, value] of data.entries()) expect(actual[name]?.data[i]).toBeCloseTo(value, 5);
    }
    expect(actual.image?.data).not.toBe(image.data);
  });

  it('names an op whose result is not what it promised', async () => {
    const b = createGraphBuilder();
    const liar = defineOp({
      ...negate,
      name: 'liar',
      reference: (): Tensor => tensor(new Float32Array(1), [1, 1, 1, 1]),
    });
    const graph = b.build({ y: b.custom(liar, [b.input()], { name: 'lie' }) });
    using executable = await onnx({ threads: 1 }).compile(graph, new Map(), { ops: [liar] });
    await expect(executable.run(tensor(new Float32Array(3), [1, 1, 1, 3]))).rejects.toThrow(
      'the op "liar" promised [1, 1, 1, 3] and returned [1, 1, 1, 1]',
    );
  });
});
