import { analyze, retarget, ShapeError, type Graph } from '@atrous/core';
import { multiScaleFeatures } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

const strides = (graph: Graph): Record<string, number> =>
  Object.fromEntries(
    graph.nodes.flatMap((node) =>
      node.kind === 'conv2d' && node.name.endsWith('/conv3') ? [[node.name.slice(5), node.attrs.strides[0]]] : [],
    ),
  );

describe('multi-scale features', () => {
  it('bring the image and four levels to the size of the context', () => {
    const graph = buildHead(multiScaleFeatures(), 8);
    expect(strides(graph)).toEqual({ 'image/conv3': 8, 'c1/conv3': 4, 'c2/conv3': 2, 'c3/conv3': 1, 'c4/conv3': 1 });
    expect(analyze(graph, [1, 65, 97, 3]).nodes.at(-1)?.shape).toEqual([1, 9, 13, 30 + 5 * 128]);
  });

  it('come after the context, the image first', () => {
    const graph = buildHead(multiScaleFeatures({ levels: ['c2'] }));
    expect(inputsOfNode(graph, 'head/concat')).toEqual(['context', 'head/image/conv1/relu', 'head/c2/conv1/relu']);
  });

  it('read neighbouring units at every output stride', () => {
    const graph = retarget(buildHead(multiScaleFeatures(), 16), 8);
    expect(graph).toEqual(buildHead(multiScaleFeatures(), 8));
    for (const node of graph.nodes)
      if (node.kind === 'conv2d' && node.name.endsWith('/conv3')) expect(node.attrs.atrousRate).toEqual([1, 1]);
  });

  it.each([
    [{ channels: 0 }, 'channels is 0'],
    [{ levels: ['c9'] }, 'multi-scale-features needs the feature "c9"'],
  ])('refuse %o', (options, message) => {
    const broken = () => buildHead(multiScaleFeatures(options));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
