import { analyze, retarget, ShapeError, type Graph } from '@atrous/core';
import { aspp, type AsppOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

const atrousRates = (graph: Graph): number[] =>
  graph.nodes.flatMap((node) =>
    (node.kind === 'conv2d' || node.kind === 'depthwiseConv2d') &&
    node.name.startsWith('head/aspp') &&
    node.attrs.kernel[0] === 3
      ? [node.attrs.atrousRate[0]]
      : [],
  );

const branchNames = (graph: Graph): (string | undefined)[] | undefined =>
  inputsOfNode(graph, 'head/concat')?.map((name) => name.split('/')[1]);

describe('ASPP', () => {
  it('has the rates 6, 12, 18 at output stride 16 and doubles them at 8', () => {
    expect(atrousRates(buildHead(aspp(), 16))).toEqual([6, 12, 18]);
    expect(atrousRates(buildHead(aspp(), 8))).toEqual([12, 24, 36]);
    expect(retarget(buildHead(aspp(), 16), 8)).toEqual(buildHead(aspp(), 8));
  });

  it('takes odd rates, which need an output stride of 16 or less', () => {
    const head = aspp({ atrousRates: [3, 15] });
    expect(atrousRates(buildHead(head, 16))).toEqual([3, 15]);
    expect(() => buildHead(head, 32)).toThrow(/rate 1.5, which is not a whole number/);
  });

  it('concatenates image-level features first, last or not at all', () => {
    const local = ['aspp0', 'aspp1', 'aspp2', 'aspp3'];
    expect(branchNames(buildHead(aspp()))).toEqual(['image_pooling', ...local]);
    expect(branchNames(buildHead(aspp({ imagePooling: 'last' })))).toEqual([...local, 'image_pooling']);
    expect(branchNames(buildHead(aspp({ imagePooling: 'none' })))).toEqual(local);
  });

  it('without rates is the head of the MobileNetV2 networks, and without anything a projection', () => {
    expect(branchNames(buildHead(aspp({ atrousRates: [] })))).toEqual(['image_pooling', 'aspp0']);
    expect(branchNames(buildHead(aspp({ atrousRates: [], imagePooling: 'none' })))).toBeUndefined();
  });

  it('has the parameters of its convolutions and norms', () => {
    const inHead = (options: Partial<AsppOptions>): number =>
      analyze(buildHead(aspp(options)), [1, 65, 65, 3])
        .nodes.filter(({ node }) => node.name.startsWith('head/'))
        .reduce((sum, { parameters }) => sum + parameters, 0);
    const channels = 20;
    const block = (inputs: number): number => inputs * 256 + 512;
    const plain = 2 * block(channels) + 3 * block(9 * channels) + block(5 * 256);
    expect(inHead({})).toBe(plain);
    expect(inHead({ useBias: true })).toBe(plain + 6 * 256);
    expect(inHead({ refine: true })).toBe(plain + block(9 * 256));
    const refine = (9 + 2) * 256 + block(256);
    expect(inHead({ refine: true, separable: true }) - inHead({ separable: true })).toBe(refine);
    expect(inHead({ projection: '3x3' })).toBe(plain + 8 * 5 * 256 * 256);
    const separable = 9 * channels + 2 * channels + block(channels);
    expect(inHead({ separable: true })).toBe(2 * block(channels) + 3 * separable + block(5 * 256));
    expect(inHead({ separable: true, depthwiseNorm: false })).toBe(
      2 * block(channels) + 3 * (separable - 2 * channels) + block(5 * 256),
    );
    expect(inHead({ norm: 'folded' })).toBe(plain - 6 * 256);
  });

  it('drops out after the projection', () => {
    expect(inputsOfNode(buildHead(aspp({ dropout: 0.5 })), 'head/dropout')).toEqual(['head/concat_projection/relu']);
    expect(inputsOfNode(buildHead(aspp({ dropout: 0 })), 'head/dropout')).toBeUndefined();
  });

  it('may average over windows as large as the crop, at any output stride', () => {
    const windows = (outputStride: number) =>
      buildHead(aspp({ poolingCrop: [513, 257] }), outputStride).nodes.flatMap((node) =>
        node.kind === 'avgPool' ? [node.attrs.kernel] : [],
      );
    expect(windows(16)).toEqual([[33, 17]]);
    expect(windows(8)).toEqual([[65, 33]]);
    // An image of the crop's size has one window, like the whole map.
    const { nodes } = analyze(buildHead(aspp({ poolingCrop: [513, 257] })), [1, 513, 257, 3]);
    expect(nodes.find(({ node }) => node.name === 'head/image_pooling/mean')?.shape).toEqual([1, 1, 1, 20]);
  });

  it.each([
    [{ input: 'c9' }, 'aspp needs the feature "c9", the backbone has c1, c2, c3, c4, c5'],
    [{ input: 'toString' }, 'needs the feature "toString"'],
    [{ channels: 0 }, 'channels is 0'],
    [{ atrousRates: [6, -1] }, 'atrousRates is -1'],
    [{ imagePooling: 'yes' }, 'imagePooling is "yes", expected one of "first", "last", "none"'],
    [{ imagePooling: 'none', poolingCrop: [513, 513] }, 'poolingCrop is given, but imagePooling is "none"'],
    [{ poolingCrop: [513] }, 'poolingCrop has 1 numbers'],
    [{ projection: '5x5' }, 'projection is "5x5"'],
    [{ norm: 'none' }, 'norm is "none"'],
    [{ epsilon: -1 }, 'epsilon is -1'],
    [{ dropout: 1 }, 'dropout is 1'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(aspp(options as Partial<AsppOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
