import * as backbones from '@atrous/backbones';
import {
  createRegistry,
  defineModel,
  ShapeError,
  type BackboneFactory,
  type CornerRule,
  type Graph,
  type HeadFactory,
  type Json,
  type Model,
  type Plugin,
} from '@atrous/core';
import * as heads from '@atrous/heads';
import { deeplabV1 } from './deeplab-v1.ts';
import { deeplabV2 } from './deeplab-v2.ts';
import { deeplabV3Plus } from './deeplab-v3-plus.ts';
import { deeplabV3, type DeeplabV3Options } from './deeplab-v3.ts';
import { dilatedContext, dilatedFrontEnd, type DilatedFrontEndOptions } from './dilated-context.ts';
import { liteRaspp } from './lite-raspp.ts';
import { multiScale } from './multi-scale.ts';
import { checkKeys, partFromConfig } from './part-from-config.ts';

type Config = Readonly<Record<string, Json>>;

type PartPlugin = BackboneFactory<string, object> | HeadFactory<string, object>;

const isPart = (value: object): value is PartPlugin =>
  'kind' in value && (value.kind === 'backbone' || value.kind === 'head');

/** Finds the parts that a configuration names: those of this house, and those that plugins bring. */
function partFinder(plugins: readonly Plugin[]) {
  const own: readonly object[] = [...Object.values(backbones), ...Object.values(heads)];
  const parts = createRegistry(...[...own, ...plugins].filter(isPart));
  return {
    backbone: (config: Json) => partFromConfig('backbone', config, (name) => parts.find('backbone', name)),
    head: (what: string, config: Json) => partFromConfig(what, config, (name) => parts.find('head', name)),
  };
}

const isNumbers = (value: Json): value is readonly number[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'number');

function count(
  option: 'numClasses' | 'outputStride' | 'inputChannels' | 'enlargement',
  { [option]: value }: Config,
): { [option]?: number } {
  if (value === undefined) return {};
  if (typeof value !== 'number')
    throw new ShapeError(`${option} is ${JSON.stringify(value)}, expected a number`, { code: 'OPTION' });
  return { [option]: value };
}

function text<Option extends string>(option: Option, { [option]: value }: Config): { [option in Option]?: string } {
  if (value === undefined) return {};
  if (typeof value !== 'string')
    throw new ShapeError(`${option} is ${JSON.stringify(value)}, expected a string`, { code: 'OPTION' });
  return { [option]: value } as { [option in Option]?: string };
}

/** What a configuration may say of every network, besides its backbone. */
function givenOptions(config: Config, find: ReturnType<typeof partFinder>): Omit<DeeplabV3Options, 'backbone'> {
  const { head, auxiliary } = config;
  return {
    ...(head !== undefined && { head: find.head('head', head) }),
    ...(auxiliary !== undefined && { auxiliary: find.head('auxiliary', auxiliary) }),
    ...count('numClasses', config),
    ...count('outputStride', config),
    ...count('inputChannels', config),
  };
}

function commonOptions(
  config: Config,
  find: ReturnType<typeof partFinder>,
  defaultBackbone: string = backbones.mobilenetV2.name,
): DeeplabV3Options {
  const { backbone = defaultBackbone } = config;
  return { backbone: find.backbone(backbone), ...givenOptions(config, find) };
}

function frontEndOptions(config: Config, find: ReturnType<typeof partFinder>): DilatedFrontEndOptions {
  const { backbone } = config;
  return {
    ...(backbone !== undefined && { backbone: find.backbone(backbone) }),
    ...givenOptions(config, find),
  };
}

/** The configuration of a head that ends in scores, with the number of classes that the network is to have. */
const withNumClasses = (head: Json, { numClasses }: Config): Config => ({
  ...(typeof head === 'string' ? { name: head } : (head as Config)),
  ...(numClasses !== undefined && { numClasses }),
});

/** Several scales of the image, where the configuration asks for them. */
function atScales(graph: Graph, { imageScales }: Config): Graph {
  if (imageScales === undefined) return graph;
  if (!isNumbers(imageScales))
    throw new ShapeError(`imageScales is ${JSON.stringify(imageScales)}, expected a list of numbers`, {
      code: 'OPTION',
    });
  return multiScale(graph, { scales: imageScales });
}

const COMMON = ['backbone', 'head', 'numClasses', 'outputStride', 'inputChannels'];

/** The networks of this package by name, built from JSON: `{ "backbone": { "name": "mobilenet-v2", "depthMultiplier": 0.5 }, "outputStride": 8 }`. */
export const models: readonly Model[] = [
  defineModel({
    name: 'deeplab-v1',
    description: 'DeepLab v1: backbone, fc6 with holes, classifier; with finer features DeepLab-MSc',
    fromConfig(config, plugins = []) {
      checkKeys('deeplab-v1', config, [...COMMON, 'multiScale', 'imageScales']);
      const { multiScale: finer } = config;
      const find = partFinder(plugins);
      const graph = deeplabV1({
        ...commonOptions(config, find, backbones.vgg16.name),
        ...(finer !== undefined && { multiScale: find.head('multiScale', finer) }),
      });
      return atScales(graph, config);
    },
  }),
  defineModel({
    name: 'deeplab-v2',
    description: 'DeepLab v2: backbone, atrous spatial pyramid pooling with summed scores',
    fromConfig(config, plugins = []) {
      checkKeys('deeplab-v2', config, [...COMMON, 'imageScales']);
      const { backbone = backbones.vgg16.name, head = heads.asppSum.name } = config;
      const find = partFinder(plugins);
      const graph = deeplabV2({
        backbone: find.backbone(backbone),
        head: find.head('head', withNumClasses(head, config)),
        ...count('outputStride', config),
        ...count('inputChannels', config),
      });
      return atScales(graph, config);
    },
  }),
  defineModel({
    name: 'dilated-front-end',
    description: "Yu and Koltun's front end: VGG-16 without its last two pools, nothing padded",
    fromConfig(config, plugins = []) {
      checkKeys('dilated-front-end', config, COMMON);
      return dilatedFrontEnd(frontEndOptions(config, partFinder(plugins)));
    },
  }),
  defineModel({
    name: 'dilated-context',
    description: "Yu and Koltun's network: the front end and a context module",
    fromConfig(config, plugins = []) {
      checkKeys('dilated-context', config, [...COMMON, 'context', 'enlargement']);
      const { context } = config;
      const find = partFinder(plugins);
      return dilatedContext({
        ...frontEndOptions(config, find),
        ...(context !== undefined && { context: find.head('context', context) }),
        ...count('enlargement', config),
      });
    },
  }),
  defineModel({
    name: 'deeplab-v3',
    description: 'DeepLab v3: backbone, atrous spatial pyramid pooling, classifier',
    fromConfig(config, plugins = []) {
      checkKeys('deeplab-v3', config, [...COMMON, 'auxiliary']);
      return deeplabV3(commonOptions(config, partFinder(plugins)));
    },
  }),
  defineModel({
    name: 'deeplab-v3-plus',
    description: 'DeepLab v3+: DeepLab v3 and a decoder with low-level features',
    fromConfig(config, plugins = []) {
      checkKeys('deeplab-v3-plus', config, [...COMMON, 'auxiliary', 'decoder']);
      const { decoder: chosen } = config;
      const find = partFinder(plugins);
      return deeplabV3Plus({
        ...commonOptions(config, find),
        ...(chosen !== undefined && { decoder: find.head('decoder', chosen) }),
      });
    },
  }),
  defineModel({
    name: 'lite-raspp',
    description: 'Lite R-ASPP: gated context and low-level features, the light network of MobileNetV3',
    fromConfig(config, plugins = []) {
      checkKeys('lite-raspp', config, [...COMMON, 'lowLevel', 'corners']);
      return liteRaspp({
        ...commonOptions(config, partFinder(plugins)),
        ...text('lowLevel', config),
        // `liteRaspp` checks which text it is.
        ...(text('corners', config) as { corners?: CornerRule }),
      });
    },
  }),
];
