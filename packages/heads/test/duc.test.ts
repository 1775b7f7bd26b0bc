import { analyze, ShapeError } from '@atrous/core';
import { duc, type DucOptions } from '@atrous/heads';
import { testHead } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { buildHead } from './support.ts';

const EIGHTS = [
  [64, 96],
  [136, 72],
] as const;

testHead(duc, { outputStrides: [8], stride: 2, imageSizes: EIGHTS });

describe('dense upsampling convolution', () => {
  it.each([
    [4, [1, 68, 52, 19]],
    [8, [1, 136, 104, 19]],
  ])('enlarges %i times', (enlargement, shape) => {
    const { nodes } = analyze(buildHead(duc({ enlargement }), 8), [1, 136, 104, 3]);
    expect(nodes.at(-1)?.shape).toEqual(shape);
  });

  it('predicts a square of pixels per class at every position', () => {
    const parameters = (options: Partial<DucOptions>): number =>
      analyze(buildHead(duc(options), 8), [1, 65, 65, 3])
        .nodes.filter(({ node }) => node.name.startsWith('head/'))
        .reduce((sum, node) => sum + node.parameters, 0);
    expect(parameters({})).toBe(4 * (9 * 20 + 1) * 19 * 16);
    expect(parameters({ numClasses: 21, enlargement: 8, atrousRates: [12] })).toBe((9 * 20 + 1) * 21 * 64);
  });

  // TuSimple's channels count pixels of a square first and classes last.
  it('reads the channels of a class one after another', () => {
    const { nodes } = buildHead(duc());
    expect(nodes.at(-1)?.attrs).toMatchObject({ blockSize: 4, order: 'crr' });
  });

  it.each([
    [{ numClasses: 0 }, 'numClasses is 0'],
    [{ enlargement: 1.5 }, 'enlargement is 1.5'],
    [{ atrousRates: [] }, 'atrousRates is empty'],
    [{ input: 'c9' }, 'needs the feature "c9"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(duc(options));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
