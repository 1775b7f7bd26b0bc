import { buildModel, variants } from '@atrous/models';
import { goldensFolder } from '@atrous/testing';
import { detectNameMap, importWeights, nameMaps, type Checkpoint, type StoredTensor } from '@atrous/weights';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Entry = readonly [name: string, shape: readonly number[]];

const manifest = join(goldensFolder() ?? '', 'manifests/backbone_resnet50.json');

/** Convolution and normalisation as `ConvModule` registers them. */
const convModule = (path: string, shape: readonly [number, number, number, number]): Entry[] => [
  [`${path}.conv.weight`, shape],
  ...normModule(`${path}.bn`, shape[0]),
];

const normModule = (path: string, channels: number): Entry[] => [
  ...['weight', 'bias', 'running_mean', 'running_var'].map((tensor): Entry => [`${path}.${tensor}`, [channels]]),
  [`${path}.num_batches_tracked`, []],
];

/** `DepthwiseSeparableConvModule`. */
const separable = (path: string, input: number, output: number): Entry[] => [
  ...convModule(`${path}.depthwise_conv`, [input, 1, 3, 3]),
  ...convModule(`${path}.pointwise_conv`, [output, input, 1, 1]),
];

const classifier = (path: string, channels: number): Entry[] => [
  [`${path}.conv_seg.weight`, [19, channels, 1, 1]],
  [`${path}.conv_seg.bias`, [19]],
];

/** ResNet-50 is torchvision's but for the stem and the missing classifier. */
function backbone(): Entry[] {
  const { tensors } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    tensors: readonly { readonly name: string; readonly shape: readonly number[] }[];
  };
  const stem = [
    [0, 32, 3],
    [3, 32, 32],
    [6, 64, 32],
  ].flatMap(([index = 0, output = 0, input = 0]): Entry[] => [
    [`backbone.stem.${index}.weight`, [output, input, 3, 3]],
    ...normModule(`backbone.stem.${index + 1}`, output),
  ]);
  const layers = tensors.filter(({ name }) => name.startsWith('layer'));
  return [...stem, ...layers.map(({ name, shape }): Entry => [`backbone.${name}`, shape])];
}

const auxiliary = [...convModule('auxiliary_head.convs.0', [256, 1024, 3, 3]), ...classifier('auxiliary_head', 256)];

const shared = [
  ...convModule('decode_head.image_pool.1', [512, 2048, 1, 1]),
  ...convModule('decode_head.aspp_modules.0', [512, 2048, 1, 1]),
  ...convModule('decode_head.bottleneck', [512, 2560, 3, 3]),
  ...classifier('decode_head', 512),
  ...auxiliary,
];

const HEADS: readonly [variant: string, entries: readonly Entry[]][] = [
  [
    'deeplab-v3-resnet50-mmseg',
    [1, 2, 3].flatMap((i) => convModule(`decode_head.aspp_modules.${i}`, [512, 2048, 3, 3])),
  ],
  [
    'deeplab-v3-plus-resnet50-mmseg',
    [
      ...[1, 2, 3].flatMap((i) => separable(`decode_head.aspp_modules.${i}`, 2048, 512)),
      ...convModule('decode_head.c1_bottleneck', [48, 256, 1, 1]),
      ...separable('decode_head.sep_bottleneck.0', 560, 512),
      ...separable('decode_head.sep_bottleneck.1', 512, 512),
    ],
  ],
];

function zerosOf(entries: readonly Entry[]): Checkpoint {
  const zeros = (shape: readonly number[]): StoredTensor => ({
    dtype: 'float32',
    shape,
    data: new Float32Array(shape.reduce((size, extent) => size * extent, 1)),
  });
  return { format: 'names', tensors: new Map(entries.map(([name, shape]) => [name, zeros(shape)])), metadata: {} };
}

// No golden exists: the names are those that the modules of MMSegmentation's sources register.
describe.skipIf(!existsSync(manifest))("MMSegmentation's state dicts", () => {
  it.each(HEADS)('%s is imported whole', (name, head) => {
    const graph = buildModel(variants.find((variant) => variant.name === name)!.model);
    const checkpoint = zerosOf([...backbone(), ...shared, ...head]);
    const map = detectNameMap(graph, checkpoint, nameMaps);
    expect(map.name).toBe('mmseg');
    const { report } = importWeights(graph, checkpoint, map);
    expect({ missing: report.missing, unexpected: report.unexpected }).toEqual({ missing: [], unexpected: [] });
  });
});
