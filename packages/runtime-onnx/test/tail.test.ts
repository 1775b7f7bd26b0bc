import { createGraphBuilder, tensor, type GraphBuilder, type Node, type Runtime } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { simd } from '@atrous/runtime-wasm';
import { afterAll, describe, expect, it } from 'vitest';
import { createOnnxRuntime } from '../src/create-onnx-runtime.ts';
import { loadEngine } from '../src/load-engine.ts';

const CLASSES = 7;
const filters = Float32Array.from({ length: 9 * 3 * CLASSES }, (_, i) => Math.sin(3.7 * i));
const weights = new Map([['logits/weights', tensor(filters, [3, 3, 3, CLASSES])]]);
const photo = (height: number, width: number) =>
  tensor(
    Float32Array.from({ length: 2 * height * width * 3 }, (_, i) => Math.sin(1.3 * i)),
    [2, height, width, 3],
  );

/** Logits of every other pixel, enlarged to the image again. */
function enlargedLogits(b: GraphBuilder): Node {
  const image = b.input();
  const logits = b.conv2d(image, { name: 'logits', filters: CLASSES, kernel: 3, stride: 2 });
  return b.resizeBilinear(logits, { corners: 'alignCorners', like: image });
}

/** A tail that says what is asked of it. */
function watched(): { readonly tail: Runtime; readonly seen: string[] } {
  const seen: string[] = [];
  const inner = simd({ threads: 1 });
  const tail: Runtime = {
    ...inner,
    async compile(graph, ...rest) {
      const executable = await inner.compile(graph, ...rest);
      seen.push(graph.nodes.map(({ kind }) => kind).join());
      return {
        ...executable,
        dispose() {
          seen.push('disposed');
          executable.dispose();
        },
      };
    },
  };
  return { tail, seen };
}

const onnxWith = (tail: Runtime): Runtime =>
  createOnnxRuntime({
    ...{ name: 'onnx', description: 'For tests', describe: () => 'onnxruntime-node', tail },
    session: { executionProviders: ['cpu'], logSeverityLevel: 3 },
    load: () => loadEngine('onnxruntime-node', () => import('onnxruntime-node')),
  });

describe('labels of enlarged logits', () => {
  const b = createGraphBuilder();
  const graph = b.build({ labels: b.argMax(b.softmax(enlargedLogits(b))) });
  const reference = referenceRuntime().compile(graph, weights);
  afterAll(async () => (await reference).dispose());

  it('are taken by another runtime, which is given the small ones', async () => {
    const { tail, seen } = watched();
    const executable = await onnxWith(tail).compile(graph, weights);
    for (const [height, width] of [
      [21, 18],
      [33, 40],
    ] as const) {
      const { labels } = await executable.run(photo(height, width));
      const expected = (await (await reference).run(photo(height, width)))['labels'];
      expect(labels?.shape).toEqual([2, height, width, 1]);
      expect(labels?.data).toEqual(expected?.data);
    }
    expect(seen).toEqual(['input,resizeArgMax', 'input,resizeArgMax']);
    executable.dispose();
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(seen.slice(2)).toEqual(['disposed', 'disposed']);
  });

  it('are left to onnxruntime where the graph is to run as it is', async () => {
    const { tail, seen } = watched();
    using executable = await onnxWith(tail).compile(graph, weights, { exact: true });
    const { labels } = await executable.run(photo(9, 9));
    expect(labels?.data).toEqual((await (await reference).run(photo(9, 9)))['labels']?.data);
    expect(seen).toEqual([]);
  });

  it('are left to onnxruntime where the enlarged ones are wanted too', async () => {
    const both = createGraphBuilder();
    const enlarged = enlargedLogits(both);
    const { tail, seen } = watched();
    using executable = await onnxWith(tail).compile(both.build({ enlarged, labels: both.argMax(enlarged) }), weights);
    const { labels } = await executable.run(photo(9, 9));
    expect(labels?.data).toEqual((await (await reference).run(photo(9, 9)))['labels']?.data);
    expect(seen).toEqual([]);
  });
});
