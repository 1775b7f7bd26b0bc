import { vgg16, type Vgg16Options } from '@atrous/backbones/vgg16';
import { analyze, retarget, type Graph } from '@atrous/core';
import { largeFov, multiScaleFeatures, type LargeFovOptions } from '@atrous/heads';
import { deeplabV1 } from '@atrous/models';
import { describe, expect, it } from 'vitest';

const network = (options: Partial<LargeFovOptions> = {}, outputStride = 8): Graph =>
  deeplabV1({ backbone: vgg16(), head: largeFov(options), outputStride });

/** All forms but LargeFOV. */
const wide = { channels: 4096, averagePool: false };

describe('DeepLab v1', () => {
  // Table 2 of the paper. It counts a unit of pool5 as the 32 pixels that it stood for in VGG-16.
  it.each<[Partial<LargeFovOptions>, number, number]>([
    [{ ...wide, kernel: 7, atrousRate: 4 }, 134_346_581, 224],
    [{ ...wide, kernel: 4, atrousRate: 4 }, 65_140_565, 128],
    [{ ...wide, kernel: 4, atrousRate: 8 }, 65_140_565, 224],
    [{}, 20_505_429, 224],
  ])('with fc6 of %o has %i parameters and sees %i pixels', (options, parameters, pixels) => {
    const { nodes, parameters: counted } = analyze(network(options), [1, 321, 321, 3]);
    expect(counted).toBe(parameters);
    const fieldAt = (name: string) => nodes.find(({ node }) => node.name === name)?.receptiveField.size[0] ?? NaN;
    expect(fieldAt('head/fc6') - fieldAt(options.averagePool === false ? 'backbone/pool5' : 'head/pool5a') + 32).toBe(
      pixels,
    );
    expect(nodes.at(-1)?.shape).toEqual([1, 41, 41, 21]);
  });

  /** What a unit of fc6 sees of the image. */
  const fieldOf = (pools: Vgg16Options['pools'], head: Partial<LargeFovOptions>, outputStride = 8): number => {
    const graph = deeplabV1({ backbone: vgg16({ pools }), head: largeFov({ ...wide, ...head }), outputStride });
    const { nodes } = analyze(graph, [1, 513, 513, 3]);
    return nodes.find(({ node }) => node.name === 'head/fc6')?.receptiveField.size[0] ?? NaN;
  };

  it.each([
    [7, 4, 396, 419],
    [4, 8, 396, 419],
    [3, 12, 396, 419],
    [4, 4, 300, 323],
  ])(
    'with fc6 of kernel %i at rate %i sees %i pixels when borders are far, %i with the released pools',
    (kernel, atrousRate, plain, overlapping) => {
      expect(fieldOf('plain', { kernel, atrousRate })).toBe(plain);
      expect(fieldOf('overlapping', { kernel, atrousRate })).toBe(overlapping);
    },
  );

  // The paper: 404 pixels when VGG-16 is applied convolutionally, 224 as a classifier.
  it('sees what VGG-16 sees at its output stride', () => {
    expect(fieldOf('plain', { kernel: 7, atrousRate: 4 }, 32)).toBe(404);
  });

  it('retargets', () => {
    expect(retarget(network({}, 8), 16)).toEqual(network({}, 16));
    const withDetails = (outputStride: number) =>
      deeplabV1({ backbone: vgg16(), multiScale: multiScaleFeatures(), outputStride });
    expect(retarget(withDetails(8), 16)).toEqual(withDetails(16));
    expect(analyze(withDetails(16), [1, 321, 353, 3]).nodes.at(-1)?.shape).toEqual([1, 21, 23, 21]);
  });

  it('with multi-scale features classifies 640 channels more', () => {
    const multiScale = deeplabV1({ backbone: vgg16(), multiScale: multiScaleFeatures() });
    const { nodes, parameters } = analyze(multiScale, [1, 321, 353, 3]);
    expect(parameters).toBe(20_505_429 + 1_192_576 + 640 * 21);
    expect(nodes.at(-1)?.shape).toEqual([1, 41, 45, 21]);
  });

  it('has an output stride that its backbone reaches', () => {
    expect(() => network({}, 64)).toThrow('the strides of "vgg16" lead to output stride 32, not 64');
  });
});
