import { analyze, retarget, ShapeError, type Graph } from '@atrous/core';
import { asppSum, type AsppSumOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

const atrousRates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) =>
    node.kind === 'conv2d' && node.name.startsWith('head/') && node.attrs.kernel[0] === 3
      ? [node.attrs.atrousRate[0]]
      : [],
  );

describe('ASPP with summed scores', () => {
  it('has the rates 6, 12, 18, 24 at output stride 8 and half of them at 16', () => {
    expect(atrousRates(buildHead(asppSum(), 8))).toEqual([6, 12, 18, 24]);
    expect(atrousRates(buildHead(asppSum(), 16))).toEqual([3, 6, 9, 12]);
    expect(retarget(buildHead(asppSum(), 16), 8)).toEqual(buildHead(asppSum(), 8));
  });

  it('sums the scores of its branches; of one branch they are the result', () => {
    expect(inputsOfNode(buildHead(asppSum({ atrousRates: [2, 4] })), 'head/sum')).toEqual([
      'head/branch1/scores',
      'head/branch2/scores',
    ]);
    expect(buildHead(asppSum({ atrousRates: [12] })).outputs).toEqual({ out: 'head/branch1/scores' });
  });

  it('has fc6 and fc7 in each branch, or a classifier alone', () => {
    const inBranch = (options: Partial<AsppSumOptions>): number =>
      analyze(buildHead(asppSum({ atrousRates: [12], numClasses: 5, ...options })), [1, 65, 65, 3])
        .nodes.filter(({ node }) => node.name.startsWith('head/'))
        .reduce((sum, { parameters }) => sum + parameters, 0);
    const channels = 20;
    expect(inBranch({ hiddenChannels: 16 })).toBe((9 * channels + 1) * 16 + (16 + 1) * 16 + (16 + 1) * 5);
    expect(inBranch({ hiddenChannels: 0 })).toBe((9 * channels + 1) * 5);
  });

  it('drops out after fc6 and fc7', () => {
    expect(inputsOfNode(buildHead(asppSum()), 'head/branch1/scores')).toEqual(['head/branch1/fc7/dropout']);
    expect(inputsOfNode(buildHead(asppSum({ dropout: 0 })), 'head/branch1/scores')).toEqual(['head/branch1/fc7/relu']);
  });

  it.each([
    [{ atrousRates: [] }, 'atrousRates is empty'],
    [{ atrousRates: [6, 0] }, 'atrousRates is 0'],
    [{ numClasses: 0 }, 'numClasses is 0'],
    [{ hiddenChannels: -1 }, 'hiddenChannels is -1'],
    [{ dropout: 1 }, 'dropout is 1'],
    [{ input: 'c9' }, 'aspp-sum needs the feature "c9"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(asppSum(options));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
