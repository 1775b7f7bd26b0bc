import { retarget, ShapeError, type Graph } from '@atrous/core';
import { largeFov, type LargeFovOptions } from '@atrous/heads';
import { describe, expect, it } from 'vitest';
import { buildHead, inputsOfNode } from './support.ts';

const fc6Rate = (graph: Graph): number | undefined =>
  graph.nodes.flatMap((node) =>
    node.kind === 'conv2d' && node.name === 'head/fc6' ? [node.attrs.atrousRate[0]] : [],
  )[0];

describe('the fully connected layers of VGG-16', () => {
  it.each([
    [12, 12, 6, 3],
    [8, 8, 4, 2],
    [4, 4, 2, 1],
  ])('have the rate %i at output stride 8: %i, %i at 16, %i at 32', (atrousRate, at8, at16, at32) => {
    const head = largeFov({ atrousRate });
    expect([8, 16, 32].map((stride) => fc6Rate(buildHead(head, stride)))).toEqual([at8, at16, at32]);
    expect(retarget(buildHead(head, 8), 16)).toEqual(buildHead(head, 16));
  });

  it('are pooled before and dropped out after, both if wanted', () => {
    expect(inputsOfNode(buildHead(largeFov()), 'head/fc6')).toEqual(['head/pool5a']);
    expect(inputsOfNode(buildHead(largeFov()), 'head/fc7')).toEqual(['head/fc6/dropout']);
    const plain = buildHead(largeFov({ averagePool: false, dropout: 0 }));
    expect(inputsOfNode(plain, 'head/fc6')).toEqual(['stage5']);
    expect(inputsOfNode(plain, 'head/fc7')).toEqual(['head/fc6/relu']);
  });

  it.each([
    [{ kernel: 0 }, 'kernel is 0'],
    [{ atrousRate: 1.5 }, 'atrousRate is 1.5'],
    [{ channels: -1 }, 'channels is -1'],
    [{ padding: 'same' }, 'padding is "same", expected one of "symmetric", "valid"'],
    [{ dropout: 1 }, 'dropout is 1'],
    [{ input: 'c9' }, 'large-fov needs the feature "c9"'],
  ])('refuse %o', (options, message) => {
    const broken = () => buildHead(largeFov(options as Partial<LargeFovOptions>));
    expect(broken).toThrow(ShapeError);
    expect(broken).toThrow(message);
  });
});
