import { analyze, ShapeError, type Graph } from '@atrous/core';
import { cascade, type CascadeOptions } from '@atrous/heads';
import { testHead } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { buildHead } from './support.ts';

testHead(cascade, { options: [{ lastBlock: 5, shortcut: 'identity', multiGrid: [1, 2, 4] }] });

/** Rates of the 3×3 convolutions, block by block. */
const rates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) =>
    node.kind === 'conv2d' && /^head\/block\d\/unit\d\/conv2/.test(node.name) ? [node.attrs.atrousRate[0]] : [],
  );

const mapSize = (outputStride: number): readonly number[] | undefined =>
  analyze(buildHead(cascade(), outputStride), [1, 513, 513, 3]).nodes.at(-1)?.shape;

describe('cascade', () => {
  it('doubles the rate with every block, and multiplies it inside', () => {
    expect(rates(buildHead(cascade(), 16))).toEqual([4, 8, 4, 8, 16, 8, 16, 32, 16]);
    expect(rates(buildHead(cascade(), 8))).toEqual([8, 16, 8, 16, 32, 16, 32, 64, 32]);
    expect(rates(buildHead(cascade({ lastBlock: 5, multiGrid: [1, 2, 4] }), 16))).toEqual([4, 8, 16]);
  });

  // The output strides of Table 1 of the paper.
  it.each([
    [8, 65],
    [16, 33],
    [32, 17],
    [64, 9],
    [128, 5],
    [256, 3],
  ])('at output stride %i leaves %i × as many of 513 pixels', (outputStride, size) => {
    expect(mapSize(outputStride)).toEqual([1, size, size, 20]);
  });

  it('has the rates that are left at output stride 64: block 5 has its stride', () => {
    expect(rates(buildHead(cascade(), 64))).toEqual([1, 2, 1, 2, 4, 2, 4, 8, 4]);
  });

  it('has a projection in every block, or none', () => {
    const parameters = (options: Partial<CascadeOptions>): number =>
      analyze(buildHead(cascade(options)), [1, 65, 65, 3])
        .nodes.filter(({ node }) => node.name.startsWith('head/'))
        .reduce((sum, node) => sum + node.parameters, 0);
    const unit = 20 * 5 + 9 * 5 * 5 + 5 * 20 + 2 * (5 + 5 + 20);
    expect(parameters({ shortcut: 'identity' })).toBe(9 * unit);
    expect(parameters({})).toBe(9 * unit + 3 * (20 * 20 + 40));
  });

  it.each([
    [{ lastBlock: 4 }, 'lastBlock is 4, expected at least 5'],
    [{ lastBlock: 5.5 }, 'lastBlock is 5.5'],
    [{ multiGrid: [] }, 'multiGrid is empty'],
    [{ multiGrid: [1, 0] }, 'multiGrid is 0'],
    [{ shortcut: 'none' }, 'shortcut is "none"'],
    [{ input: 'c9' }, 'cascade needs the feature "c9"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(cascade(options as Partial<CascadeOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
