import { analyze, ShapeError } from '@atrous/core';
import { pyramidPooling, type PyramidPoolingOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

describe('pyramid pooling', () => {
  it('puts the features first, then the means of every grid, at the size of the features', () => {
    const graph = buildHead(pyramidPooling());
    expect(inputsOfNode(graph, 'head/concat')).toEqual([
      'stage5',
      ...[0, 1, 2, 3].map((i) => `head/level${i}/enlarge`),
    ]);
    const shapes = new Map(analyze(graph, [1, 97, 129, 3]).nodes.map(({ node, shape }) => [node.name, shape]));
    expect([0, 1, 2, 3].map((i) => shapes.get(`head/level${i}/mean`))).toEqual(
      [1, 2, 3, 6].map((bins) => [1, bins, bins, 20]),
    );
    expect(shapes.get('head/concat')).toEqual([1, 7, 9, 40]);
    expect(shapes.get('head/dropout')).toEqual([1, 7, 9, 512]);
  });

  it('has the parameters of its convolutions and norms', () => {
    const parameters = analyze(buildHead(pyramidPooling({ bins: [1, 4], channels: 30 })), [1, 65, 65, 3])
      .nodes.filter(({ node }) => node.name.startsWith('head/'))
      .reduce((sum, node) => sum + node.parameters, 0);
    expect(parameters).toBe(2 * (20 * 10 + 20) + 9 * 40 * 30 + 60);
  });

  it.each([
    [{ bins: [] }, 'levels of bins is 0'],
    [{ bins: [1, 0] }, 'bins is 0'],
    [{ channels: 0.5 }, 'channels is 0.5'],
    [{ corners: 'round' }, 'corners is "round"'],
    [{ input: 'c9' }, 'pyramid-pooling needs the feature "c9"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(pyramidPooling(options as Partial<PyramidPoolingOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
