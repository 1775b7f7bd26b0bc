import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { mobilenetV3 } from '@atrous/backbones/mobilenet-v3';
import { resnet } from '@atrous/backbones/resnet';
import { vgg16 } from '@atrous/backbones/vgg16';
import { analyze, inputsOf, parametersOf, sizeOf, tensor, type Graph } from '@atrous/core';
import {
  buildModel,
  deeplabV1,
  deeplabV2,
  deeplabV3,
  deeplabV3Plus,
  dilatedContext,
  dilatedFrontEnd,
  liteRaspp,
  models,
} from '@atrous/models';
import { referenceRuntime } from '@atrous/runtime-reference';
import { describe, expect, it } from 'vitest';

interface Channels {
  readonly inputChannels?: number;
}

const networks: Readonly<Record<string, (options: Channels) => Graph>> = {
  'deeplab-v1': (options) => deeplabV1({ backbone: vgg16(), ...options }),
  'deeplab-v2': (options) => deeplabV2({ backbone: vgg16(), ...options }),
  'dilated-front-end': dilatedFrontEnd,
  'dilated-context': dilatedContext,
  'deeplab-v3': (options) => deeplabV3({ backbone: mobilenetV2(), ...options }),
  'deeplab-v3-plus': (options) => deeplabV3Plus({ backbone: resnet(), ...options }),
  'lite-raspp': (options) => liteRaspp({ backbone: mobilenetV3(), ...options }),
};

const named: Readonly<Record<string, string>> = { 'deeplab-v3-plus': 'resnet', 'lite-raspp': 'mobilenet-v3' };

const configOf = (name: string, options: Channels) => ({
  ...(named[name] !== undefined && { backbone: named[name] }),
  ...options,
});

/** The filter that reads the image. */
const firstFilter = ({ nodes }: Graph) => nodes.find(({ kind }) => kind === 'conv2d')?.params['weights']?.shape;

it('covers every model', () => {
  expect(Object.keys(networks).toSorted()).toEqual(models.map(({ name }) => name).toSorted());
});

describe.each(Object.entries(networks))('inputChannels of %s', (name, network) => {
  it.each([1, 4, 13])('is what the first convolution reads: %i', (inputChannels) => {
    const graph = network({ inputChannels });
    expect(inputsOf(graph).map(({ shape }) => shape)).toEqual([[null, null, null, inputChannels]]);
    const [height, width, read, filters] = firstFilter(graph) ?? [];
    expect([height, width, read, filters]).toEqual([height, width, inputChannels, firstFilter(network({}))?.[3]]);
  });

  it('is 3 by default', () => {
    expect(network({ inputChannels: 3 })).toEqual(network({}));
    expect(firstFilter(network({}))?.[2]).toBe(3);
  });

  it('changes nothing but the first convolution', () => {
    const size = 393;
    const parameters = (inputChannels: number) =>
      analyze(network({ inputChannels }), [1, size, size, inputChannels]).parameters;
    const [height = 0, width = 0, , filters = 0] = firstFilter(network({})) ?? [];
    expect(parameters(4) - parameters(3)).toBe(height * width * filters);
  });

  it('is the same in JSON', () => {
    const config = configOf(name, { inputChannels: 4 });
    expect(buildModel({ name, config })).toEqual(network({ inputChannels: 4 }));
  });

  it.each([0, 2.5, -1, NaN])('refuses %s', (inputChannels) => {
    expect(() => network({ inputChannels })).toThrow(
      expect.objectContaining({
        name: 'ShapeError',
        code: 'OPTION',
        message: `inputChannels is ${JSON.stringify(inputChannels)}, expected a whole number of at least 1`,
      }),
    );
  });

  it('refuses text in JSON', () => {
    const build = () => buildModel({ name, config: { ...configOf(name, {}), inputChannels: '4' } });
    expect(build).toThrow('inputChannels is "4", expected a number');
  });
});

it('is kept at several scales', () => {
  const graph = buildModel({ name: 'deeplab-v2', config: { inputChannels: 4, imageScales: [0.5] } });
  expect(inputsOf(graph)[0]?.shape).toEqual([null, null, null, 4]);
  expect(analyze(graph, [1, 65, 65, 4]).nodes.at(-1)?.shape).toEqual([1, 9, 9, 21]);
});

it('tells images apart by their depth', async () => {
  const backbone = { name: 'mobilenet-v2', depthMultiplier: 0.1, norm: 'folded' };
  const head = { name: 'aspp', atrousRates: [], channels: 8, norm: 'folded' };
  const graph = buildModel({ name: 'deeplab-v3', config: { backbone, head, numClasses: 2, inputChannels: 4 } });
  const weights = new Map(
    [...parametersOf(graph).values()].map(({ name, shape }) => {
      const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => Math.sin(i * 1.3) / 2);
      return [name, tensor(data, shape)] as const;
    }),
  );
  using executable = await referenceRuntime().compile(graph, weights);
  const scores = async (depth: number) => {
    const pixels = Float32Array.from({ length: 17 * 17 * 4 }, (_, i) => (i % 4 === 3 ? depth : 1));
    return (await executable.run(tensor(pixels, [1, 17, 17, 4]))).logits;
  };
  const [near, far] = [await scores(0), await scores(1)];
  expect(near?.shape).toEqual([1, 2, 2, 2]);
  expect(near?.data).not.toEqual(far?.data);
});
