import { createGraphBuilder, tensor, type GraphBuilder, type Node } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { expect, it } from 'vitest';
import { onnx } from '../src/node.ts';

const window = { kernel: 2, stride: 1, padding: { top: 1, bottom: 0, left: 0, right: 2 }, rounding: 'floor' } as const;
const image = tensor(
  Float32Array.from({ length: 9 }, (_, i) => i - 20),
  [1, 3, 3, 1],
);

it.each([
  ['maxPool', (b: GraphBuilder, x: Node) => b.maxPool(x, window)],
  ['avgPool', (b: GraphBuilder, x: Node) => b.avgPool(x, { ...window, countPadding: true })],
])('%s pads by as much as its window and more, which ONNX does not', async (_, build) => {
  const b = createGraphBuilder();
  const graph = b.build({ y: build(b, b.input({ shape: [1, 3, 3, 1] })) });
  using executable = await onnx({ threads: 1 }).compile(graph, new Map());
  using reference = await referenceRuntime().compile(graph, new Map());
  expect((await executable.run(image)).y).toEqual((await reference.run(image)).y);
});
