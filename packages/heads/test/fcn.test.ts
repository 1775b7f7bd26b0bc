import { analyze, ShapeError } from '@atrous/core';
import { fcn, type FcnOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

describe('FCN head', () => {
  it('is one 3×3 block and dropout on the level it is told', () => {
    const graph = buildHead(fcn({ input: 'c2', channels: 5 }));
    expect(inputsOfNode(graph, 'head/conv')).toEqual(['stage2']);
    expect(graph.outputs.out).toBe('head/dropout');
    const { nodes } = analyze(graph, [1, 65, 65, 3]);
    const inHead = nodes.filter(({ node }) => node.name.startsWith('head/'));
    expect(inHead.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(9 * 10 * 5 + 2 * 5);
    expect(nodes.at(-1)?.shape).toEqual([1, 17, 17, 5]);
  });

  it.each([
    [{ input: 'c9' }, 'fcn needs the feature "c9"'],
    [{ channels: 0 }, 'channels is 0'],
    [{ dropout: 1 }, 'dropout is 1'],
    [{ epsilon: 0 }, 'epsilon is 0'],
    [{ norm: 'none' }, 'norm is "none"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(fcn(options as Partial<FcnOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
