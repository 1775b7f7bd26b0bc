import { analyze, parametersOf, retarget, ShapeError } from '@atrous/core';
import { decoder, type DecoderOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

describe('the decoder of DeepLab v3+', () => {
  it.each([16, 8])('ends at the low-level stride, whatever the output stride (%i)', (outputStride) => {
    const { nodes } = analyze(buildHead(decoder(), outputStride), [1, 65, 97, 3]);
    expect(nodes.at(-1)).toMatchObject({ shape: [1, 17, 25, 256], stride: 4 });
  });

  it('retargets with the encoder', () => {
    expect(retarget(buildHead(decoder(), 16), 8)).toEqual(buildHead(decoder(), 8));
  });

  it('concatenates the context and 48 low-level channels, in either order', () => {
    const lowLevel = 'head/low_level_projection/relu';
    expect(inputsOfNode(buildHead(decoder()), 'head/concat')).toEqual(['head/enlarge', lowLevel]);
    const other = buildHead(decoder({ concatFirst: 'lowLevel' }));
    expect(inputsOfNode(other, 'head/concat')).toEqual([lowLevel, 'head/enlarge']);
    expect(other.nodes.find(({ name }) => name === 'head/concat')?.shape[3]).toBe(48 + 30);
  });

  it('enlarges by the corner rule it is given', () => {
    const graph = buildHead(decoder({ corners: 'halfPixel' }));
    expect(graph.nodes.find(({ name }) => name === 'head/enlarge')?.attrs).toMatchObject({ corners: 'halfPixel' });
  });

  it('has as many 3×3 convolutions as asked for, plain or separable', () => {
    const layers = (options: Partial<DecoderOptions>): string[] =>
      buildHead(decoder(options)).nodes.flatMap(({ kind, name }) =>
        kind !== 'batchNorm' && kind !== 'activation' && name.startsWith('head/') ? [name.slice(5)] : [],
      );
    const front = ['low_level_projection', 'enlarge', 'concat'];
    expect(layers({})).toEqual([...front, 'conv0', 'conv1']);
    expect(layers({ depth: 1, separable: true })).toEqual([...front, 'conv0/depthwise', 'conv0/pointwise']);
    expect(layers({ dropout: [0.5] })).toEqual([...front, 'conv0', 'dropout0', 'conv1']);
  });

  // Tables 1 and 2 of the paper: 256 channels of context; a 1×1 convolution reads the low-level features, here 10 channels.
  it.each<[Partial<DecoderOptions>, number]>([
    [{ lowLevelChannels: 8 }, 9 * (30 + 8) * 256 + 9 * 256 * 256],
    [{ lowLevelChannels: 64 }, 9 * (30 + 64) * 256 + 9 * 256 * 256],
    [{ depth: 1 }, 9 * (30 + 48) * 256],
    [{ depth: 3 }, 9 * (30 + 48) * 256 + 2 * 9 * 256 * 256],
    [{ depth: 1, channels: 128 }, 9 * (30 + 48) * 128],
    [{ depth: 1, kernel: '1x1' }, (30 + 48) * 256],
  ])('has every row of the ablation: %o', (options, weights) => {
    const found = [...parametersOf(buildHead(decoder(options))).values()]
      .filter(({ name }) => /^head\/conv\d\/weights$/.test(name))
      .reduce((sum, { shape }) => sum + shape.reduce((product, extent) => product * extent, 1), 0);
    expect(found).toBe(weights);
  });

  it('merges coarser levels first where it is to', () => {
    const graph = buildHead(decoder({ coarserLevels: ['c3'], depth: 1 }));
    expect(inputsOfNode(graph, 'head/c3/concat')).toEqual(['head/c3/enlarge', 'head/c3/low_level_projection/relu']);
    expect(inputsOfNode(graph, 'head/c3/enlarge')?.[0]).toBe('context');
    expect(inputsOfNode(graph, 'head/enlarge')?.[0]).toBe('head/c3/conv0/relu');
    const { nodes } = analyze(graph, [1, 65, 97, 3]);
    expect(nodes.find(({ node }) => node.name === 'head/c3/conv0')?.shape).toEqual([1, 9, 13, 256]);
    expect(nodes.at(-1)?.shape).toEqual([1, 17, 25, 256]);
  });

  it.each([
    [{ lowLevel: 'c7' }, 'decoder needs the feature "c7", the backbone has c1, c2'],
    [{ coarserLevels: ['c7'] }, 'decoder needs the feature "c7"'],
    [{ kernel: '5x5' }, 'kernel is "5x5", expected one of "3x3", "1x1"'],
    [{ kernel: '1x1', separable: true }, 'a 1×1 convolution cannot be separable'],
    [{ depth: 0 }, 'depth is 0'],
    [{ lowLevelChannels: 1.5 }, 'lowLevelChannels is 1.5'],
    [{ concatFirst: 'both' }, 'concatFirst is "both", expected one of "context", "lowLevel"'],
    [{ corners: 'round' }, 'corners is "round"'],
    [{ dropout: [0.5, -0.1] }, 'dropout is -0.1'],
    [{ depth: 1, dropout: [0.5, 0.1] }, 'dropout has 2 shares for 1 convolutions'],
  ])('refuses %o', (options, message) => {
    const broken = () => buildHead(decoder(options as Partial<DecoderOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
