import { analyze, ShapeError } from '@atrous/core';
import { lrAspp, type LrAsppOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

describe('LR-ASPP', () => {
  it('scales a 1×1 block by what the whole image says', () => {
    const graph = buildHead(lrAspp({ channels: 7 }));
    expect(analyze(graph, [1, 65, 97, 3]).nodes.at(-1)?.shape).toEqual([1, 5, 7, 7]);
    expect(inputsOfNode(graph, 'head/scale')).toEqual(['head/context/relu', 'head/gate/sigmoid']);
    expect(graph.nodes.find(({ name }) => name === 'head/gate')?.shape).toEqual([null, 1, 1, 7]);
  });

  it('has no atrous convolution, whatever the output stride', () => {
    const kernels = buildHead(lrAspp(), 8).nodes.flatMap((node) =>
      node.kind === 'conv2d' && node.name.startsWith('head/') ? [node.attrs.kernel] : [],
    );
    expect(kernels).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  it.each([
    [{ channels: 0 }, 'channels is 0'],
    [{ epsilon: -1 }, 'epsilon is -1'],
    [{ norm: 'group' }, 'norm is "group"'],
    [{ input: 'c9' }, 'lr-aspp needs the feature "c9"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(lrAspp(options as Partial<LrAsppOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
