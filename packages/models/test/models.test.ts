import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { vgg16 } from '@atrous/backbones/vgg16';
import {
  analyze,
  defineBackbone,
  defineModel,
  ShapeError,
  UnknownPluginError,
  type Graph,
  type Json,
  type Node,
} from '@atrous/core';
import { aspp, asppSum, contextModule, decoder, multiScaleFeatures } from '@atrous/heads';
import {
  buildModel,
  deeplabV1,
  deeplabV2,
  deeplabV3,
  deeplabV3Plus,
  models,
  dilatedContext,
  dilatedFrontEnd,
  multiScale,
  presets,
} from '@atrous/models';
import { describe, expect, it } from 'vitest';

function fromConfig(name: string, config: Readonly<Record<string, Json>>): Graph {
  const model = models.find((candidate) => candidate.name === name);
  if (model === undefined) throw new Error(`no model is called ${name}`);
  return model.fromConfig(config);
}

describe('models by name', () => {
  it('builds from JSON what the functions build', () => {
    expect(fromConfig('deeplab-v1', { numClasses: 2 })).toEqual(deeplabV1({ backbone: vgg16(), numClasses: 2 }));
    expect(fromConfig('deeplab-v1', { multiScale: 'multi-scale-features' })).toEqual(
      deeplabV1({ backbone: vgg16(), multiScale: multiScaleFeatures() }),
    );
    expect(fromConfig('deeplab-v2', {})).toEqual(deeplabV2({ backbone: vgg16() }));
    expect(
      fromConfig('deeplab-v2', {
        head: { name: 'aspp-sum', atrousRates: [2, 4, 8, 12] },
        numClasses: 2,
        outputStride: 16,
      }),
    ).toEqual(
      deeplabV2({ backbone: vgg16(), head: asppSum({ atrousRates: [2, 4, 8, 12], numClasses: 2 }), outputStride: 16 }),
    );
    expect(fromConfig('dilated-front-end', { numClasses: 11 })).toEqual(dilatedFrontEnd({ numClasses: 11 }));
    expect(
      fromConfig('dilated-context', { backbone: 'vgg16', context: { name: 'context-module', width: 'large' } }),
    ).toEqual(dilatedContext({ backbone: vgg16(), context: contextModule({ width: 'large' }) }));
    const scales = [0.5, 1.5];
    expect(fromConfig('deeplab-v2', { imageScales: scales })).toEqual(
      multiScale(deeplabV2({ backbone: vgg16() }), { scales }),
    );
    expect(fromConfig('deeplab-v3', {})).toEqual(deeplabV3({ backbone: mobilenetV2() }));
    expect(
      fromConfig('deeplab-v3', {
        backbone: { name: 'mobilenet-v2', depthMultiplier: 0.5, divisor: 1 },
        head: { name: 'aspp', atrousRates: [], norm: 'folded' },
        numClasses: 2,
        outputStride: 8,
      }),
    ).toEqual(
      deeplabV3({
        backbone: mobilenetV2({ depthMultiplier: 0.5, divisor: 1 }),
        head: aspp({ atrousRates: [], norm: 'folded' }),
        numClasses: 2,
        outputStride: 8,
      }),
    );
    expect(
      fromConfig('deeplab-v3-plus', { backbone: 'mobilenet-v2', decoder: { name: 'decoder', separable: true } }),
    ).toEqual(deeplabV3Plus({ backbone: mobilenetV2(), decoder: decoder({ separable: true }) }));
  });

  it.each<[Readonly<Record<string, Json>>, string, string?]>([
    [
      { classes: 21 },
      'deeplab-v3 has no option "classes"',
      'its options are backbone, head, numClasses, outputStride, inputChannels, auxiliary',
    ],
    [{ decoder: 'decoder' }, 'deeplab-v3 has no option "decoder"'],
    [{ imageScales: [0.5] }, 'deeplab-v3 has no option "imageScales"'],
    [{ numClasses: '21' }, 'numClasses is "21", expected a number'],
    [{ outputStride: null }, 'outputStride is null, expected a number'],
    [
      { backbone: { name: 'mobilenet-v2', width: 1 } },
      'backbone "mobilenet-v2" has no option "width"',
      'its options are depthMultiplier, divisor, padding, padStem, expandFirst, atrousFrom, norm, epsilon',
    ],
    [{ backbone: { name: 'mobilenet-v2', depthMultiplier: '1' } }, 'depthMultiplier of "mobilenet-v2" is a string'],
    [{ backbone: { depthMultiplier: 1 } }, 'backbone needs a name'],
    [{ backbone: 7 }, 'backbone needs a name, got 7'],
    [{ backbone: null }, 'backbone needs a name, got null'],
    [{ head: { name: 'aspp', atrousRates: 6 } }, 'atrousRates of "aspp" is a number, expected a list'],
    [{ head: { name: 'aspp', atrousRates: ['6'] } }, 'atrousRates is "6"'],
    [{ head: 'decoder' }, 'decoder needs the feature "context"'],
  ])('refuses %o', (config, message, hint) => {
    let error: unknown;
    try {
      fromConfig('deeplab-v3', config);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ShapeError);
    expect((error as ShapeError).message).toContain(message);
    if (hint !== undefined) expect((error as ShapeError).hint).toBe(hint);
  });

  it('lists the backbones when one is not known', () => {
    expect(() => fromConfig('deeplab-v3', { backbone: 'alexnet' })).toThrow(UnknownPluginError);
    expect(() => fromConfig('deeplab-v3', { backbone: 'alexnet' })).toThrow('backbone "alexnet" is not known');
  });
});

describe('buildModel', () => {
  const tiny = defineBackbone({
    name: 'tiny',
    description: 'Three strided convolutions',
    defaults: { width: 8 },
    build(builder, image, { width }: { width: number }) {
      const conv = (x: Node, i: number) =>
        builder.conv2d(x, { name: `conv${i}`, filters: width * i, kernel: 3, stride: 2, nominal: true });
      const c2 = conv(conv(image, 1), 2);
      return { c2: builder.feature(c2), c5: builder.feature(conv(conv(c2, 3), 4)) };
    },
  });

  it('finds models by name, and backbones of plugins', () => {
    const model = { name: 'deeplab-v3-plus', config: { backbone: { name: 'tiny', width: 4 }, numClasses: 3 } };
    expect(buildModel(model, [tiny])).toEqual(deeplabV3Plus({ backbone: tiny({ width: 4 }), numClasses: 3 }));
    expect(() => buildModel(model)).toThrow('backbone "tiny" is not known');
  });

  it('finds models of plugins, and lists the models when one is not known', () => {
    const own = defineModel({
      name: 'own',
      description: 'The backbone alone',
      fromConfig(_config, plugins = []) {
        expect(plugins).toContain(tiny);
        return deeplabV3({ backbone: tiny() });
      },
    });
    expect(buildModel({ name: 'own', config: {} }, [tiny, own])).toEqual(deeplabV3({ backbone: tiny() }));
    expect(() => buildModel({ name: 'own', config: {} })).toThrow(
      expect.objectContaining({ hint: `known: ${models.map(({ name }) => name).join(', ')}` }) as unknown,
    );
  });

  it('refuses options of a plugin that are unknown or of another kind', () => {
    const withOption = (option: Json) =>
      buildModel({ name: 'deeplab-v3', config: { backbone: { name: 'tiny', width: option } } }, [tiny]);
    expect(() => withOption('wide')).toThrow('width of "tiny" is a string, expected a number');
  });
});

describe('presets', () => {
  it('have names of their own', () => {
    expect(new Set(presets.map(({ name }) => name)).size).toBe(presets.length);
  });

  it.each(presets)('$name is a model of the catalogue', ({ model }) => {
    const graph = fromConfig(model.name, model.config);
    expect(graph.outputStride).toBe(model.config.outputStride);
    expect(Object.keys(graph.outputs)).toEqual(['logits']);
  });

  // As PyTorch counts the ports' parameters.
  it.each([
    ['deeplabv3plus-resnet101-voc-jfzhang95', 101, 59_344_309],
    ['deeplabv3plus-resnet101-voc-vainf', 101, 58_753_973],
    ['deeplabv3plus-resnet101-voc-vainf', 50, 39_761_845],
  ])('%s with %i layers has %i parameters', (name, depth, parameters) => {
    const { model } = presets.find((preset) => preset.name === name)!;
    const backbone = { ...(model.config.backbone as Readonly<Record<string, Json>>), depth };
    expect(analyze(fromConfig(model.name, { ...model.config, backbone }), [1, 65, 65, 3]).parameters).toBe(parameters);
  });

  // As their authors' code counts them; torchvision's without the auxiliary heads.
  it.each([
    ['deeplabv3plus-mobilenetv2-voc-bubbliiiing', 5_818_149],
    ['deeplabv3plus-xception-voc-bubbliiiing', 54_713_557],
    ['deeplabv3plus-mobilenetv2-voc-vainf', 5_225_717],
    ['deeplabv3-mobilenetv2-voc-vainf', 5_113_877],
    ['deeplabv3plus-resnet50-voc-vainf', 39_761_845],
    ['deeplabv3plus-resnet101-voc-vainf', 58_753_973],
    ['deeplabv3plus-mobilenetv2-voc-jfzhang95', 5_816_053],
    ['deeplabv3plus-resnet101-voc-jfzhang95', 59_344_309],
    ['deeplabv3-resnet50-voc-torchvision', 39_638_869],
    ['deeplabv3-resnet101-voc-torchvision', 58_630_997],
    ['deeplabv3-mobilenetv3-voc-torchvision', 11_025_477],
    ['lraspp-mobilenetv3-voc-torchvision', 3_221_538],
  ])('%s has %i parameters', (name, parameters) => {
    const { model } = presets.find((preset) => preset.name === name)!;
    expect(analyze(buildModel(model), [1, 65, 65, 3]).parameters).toBe(parameters);
  });
});
