import { analyze, retarget, ShapeError } from '@atrous/core';
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

  it('may average over windows, whose factors are spread by interpolation', () => {
    const head = lrAspp({ poolingCrop: [65, 33], poolingStride: [4, 5], gate: 'hardSigmoid', gateBias: true });
    const graph = buildHead(head, 32);
    expect(inputsOfNode(graph, 'head/scale')).toEqual(['head/context/relu', 'head/gate/spread']);
    expect(inputsOfNode(graph, 'head/gate/spread')).toEqual(['head/gate/hardSigmoid', 'stage5']);
    const { nodes } = analyze(graph, [1, 321, 257, 3]);
    const shapeOf = (name: string) => nodes.find(({ node }) => node.name === name)?.shape;
    // 11 × 9 units; windows of 3 × 2, every 4 down and every 5 across.
    expect(shapeOf('head/gate/mean')).toEqual([1, 3, 2, 20]);
    expect(shapeOf('head/scale')).toEqual([1, 11, 9, 128]);
    expect(graph.nodes.find(({ name }) => name === 'head/gate')?.params).toHaveProperty('biases');
    expect(retarget(graph, 16)).toEqual(buildHead(head, 16));
  });

  it.each([
    [{ poolingCrop: [65] }, 'poolingCrop has 1 numbers, expected height and width'],
    [{ poolingCrop: [65, 0] }, 'poolingCrop is 0'],
    [{ poolingStride: [4, 5] }, 'poolingStride needs a poolingCrop'],
    [{ gate: 'relu' }, 'gate is "relu", expected one of "sigmoid", "hardSigmoid"'],
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
