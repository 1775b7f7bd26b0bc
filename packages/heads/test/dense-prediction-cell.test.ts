import { analyze, retarget, ShapeError, type Graph } from '@atrous/core';
import { densePredictionCell, type DensePredictionCellOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

const atrousRates = (graph: Graph): (readonly number[])[] =>
  graph.nodes.flatMap((node) =>
    node.kind === 'depthwiseConv2d' && node.name.startsWith('head/') ? [node.attrs.atrousRate] : [],
  );

describe('dense prediction cell', () => {
  it('has the rates that were found at output stride 16, and doubles them at 8', () => {
    const found = [
      [1, 6],
      [18, 15],
      [6, 3],
      [1, 1],
      [6, 21],
    ];
    expect(atrousRates(buildHead(densePredictionCell(), 16))).toEqual(found);
    expect(atrousRates(buildHead(densePredictionCell(), 8))).toEqual(found.map(([h, w]) => [2 * h!, 2 * w!]));
    expect(retarget(buildHead(densePredictionCell(), 16), 8)).toEqual(buildHead(densePredictionCell(), 8));
  });

  it('wires its branches as the JSON says', () => {
    const graph = buildHead(densePredictionCell());
    const first = (branch: number) => inputsOfNode(graph, `head/branch${branch}/depthwise`);
    const output = (branch: number) => [`head/branch${branch}/pointwise/relu`];
    expect([0, 1, 2, 3, 4].map(first)).toEqual([['stage5'], output(0), output(1), output(0), output(0)]);
    expect(inputsOfNode(graph, 'head/concat')).toEqual([0, 1, 2, 3, 4].flatMap(output));
    expect(inputsOfNode(graph, 'head/concat_projection')).toEqual(['head/dropout']);
  });

  it('has the parameters of separable convolutions', () => {
    const parameters = analyze(buildHead(densePredictionCell()), [1, 65, 65, 3])
      .nodes.filter(({ node }) => node.name.startsWith('head/'))
      .reduce((sum, node) => sum + node.parameters, 0);
    const separable = (inputs: number) => 9 * inputs + 2 * inputs + inputs * 256 + 512;
    expect(parameters).toBe(separable(20) + 4 * separable(256) + 5 * 256 * 256 + 512);
  });

  it('takes 1×1 branches', () => {
    const graph = buildHead(densePredictionCell({ cell: [{ op: 'conv', kernel: 1, rate: [1, 1], input: -1 }] }));
    expect(inputsOfNode(graph, 'head/branch0')).toEqual(['stage5']);
    expect(graph.nodes.some(({ name }) => name === 'head/concat')).toBe(false);
  });

  const conv = { op: 'conv', kernel: 3, rate: [1, 1], input: -1 };
  it.each([
    [{ cell: [] }, 'branches of the cell is 0'],
    [{ cell: [{ ...conv, op: 'pyramid_pooling' }] }, 'op of branch 0 is "pyramid_pooling", expected one of "conv"'],
    [{ cell: [{ ...conv, kernel: 5 }] }, 'kernel of branch 0 is 5'],
    [{ cell: [{ ...conv, rate: 6 }] }, 'rate of branch 0 is 6, expected [height, width]'],
    [{ cell: [{ ...conv, rate: [1, 0] }] }, 'rate of branch 0 is 0'],
    [{ cell: [conv, { ...conv, input: 1 }] }, 'input of branch 1 is 1'],
    [{ input: 'c9' }, 'dense-prediction-cell needs the feature "c9"'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(densePredictionCell(options as unknown as Partial<DensePredictionCellOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
