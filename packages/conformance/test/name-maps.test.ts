import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { mobilenetV3 } from '@atrous/backbones/mobilenet-v3';
import { resnet } from '@atrous/backbones/resnet';
import { vgg16 } from '@atrous/backbones/vgg16';
import { createGraphBuilder, type Graph } from '@atrous/core';
import { aspp, contextModule, decoder, largeFov } from '@atrous/heads';
import { buildModel, deeplabV3, deeplabV3Plus, dilatedContext, presets } from '@atrous/models';
import { dataFolder, goldensFolder } from '@atrous/testing';
import {
  atrous,
  caffeVgg,
  detectNameMap,
  googleCheckpoint,
  importWeights,
  nameMaps,
  recognizeNetwork,
  torchvision,
  torchvisionVggBatchNorm,
  type Checkpoint,
  type NameMap,
  type StoredTensor,
} from '@atrous/weights';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetworkFile } from '../src/goldens/read-network-file.ts';
import { networkCases } from '../src/index.ts';

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
}

/** A checkpoint of zeros with these names and shapes. */
function checkpointOf(entries: readonly Entry[]): Checkpoint {
  const zeros = ({ shape }: Entry): StoredTensor => ({
    dtype: 'float32',
    shape,
    data: new Float32Array(shape.reduce((size, extent) => size * extent, 1)),
  });
  return {
    format: 'names and shapes',
    tensors: new Map(entries.map((entry) => [entry.name, zeros(entry)])),
    metadata: {},
  };
}

function expectComplete(graph: Graph, entries: readonly Entry[], nameMap: NameMap): void {
  const checkpoint = checkpointOf(entries);
  expect(detectNameMap(graph, checkpoint, [...new Set([...nameMaps, nameMap])]).name).toBe(nameMap.name);
  const { report } = importWeights(graph, checkpoint, nameMap);
  expect({ missing: report.missing, unexpected: report.unexpected }).toEqual({ missing: [], unexpected: [] });
}

const goldens = goldensFolder() ?? '';
const data = dataFolder() ?? '';

const readManifest = (path: string): readonly Entry[] =>
  (JSON.parse(readFileSync(path, 'utf8')) as { tensors: readonly Entry[] }).tensors;

const networks = join(goldens, 'networks');
const files =
  goldens === '' || !existsSync(networks)
    ? []
    : readdirSync(networks)
        .map((name) => join(networks, name, 'case.json'))
        .filter((path) => existsSync(path))
        .map(readNetworkFile);

const known = await Promise.all(
  files.flatMap(({ description, folder }) => {
    const found = networkCases.find((candidate) => candidate.matches(description));
    if (found === undefined) return [];
    return [
      Promise.resolve(found.build(description)).then((network) => ({
        name: description.case,
        network,
        folder,
        description,
      })),
    ];
  }),
);

describe.skipIf(known.length === 0)('state dicts of PyTorch ports', () => {
  it.each(known)('$name is imported whole', ({ network, folder, description }) => {
    const entries = readManifest(join(folder, description.manifest as string));
    expectComplete(network.graph, entries, network.nameMap);
  });
});

/** State dicts of networks whose weights are published, and the presets that they are to be recognised as. */
const published = [
  ['tv_deeplabv3_resnet50_os8', 'deeplabv3-resnet50-voc-torchvision'],
  ['tv_deeplabv3_resnet101_os8', 'deeplabv3-resnet101-voc-torchvision'],
  ['tv_deeplabv3_mobilenet_v3_large', 'deeplabv3-mobilenetv3-voc-torchvision'],
  ['tv_lraspp_mobilenet_v3_large', 'lraspp-mobilenetv3-voc-torchvision'],
  ['vainf_v3plus_resnet50_os16', 'deeplabv3plus-resnet50-voc-vainf'],
  ['vainf_v3plus_mobilenetv2_os16', 'deeplabv3plus-mobilenetv2-voc-vainf'],
  ['jfzhang95_v3plus_resnet101_os16', 'deeplabv3plus-resnet101-voc-jfzhang95'],
  ['bubbliiiing_v3plus_xception_os16', 'deeplabv3plus-xception-voc-bubbliiiing'],
].filter(([name]) => known.some((one) => one.name === name));

describe.skipIf(published.length === 0)('published networks', () => {
  const networks = presets.map((preset) => ({ ...preset, graph: buildModel(preset.model) }));

  it.each(published)('%s is recognised as %s', (name, preset) => {
    const { folder, description } = known.find((one) => one.name === name)!;
    const checkpoint = checkpointOf(readManifest(join(folder, description.manifest as string)));
    expect(recognizeNetwork(networks, checkpoint, nameMaps).network.name).toBe(preset);
  });
});

describe.skipIf(goldens === '')('classification networks of torchvision', () => {
  it('MobileNetV2 is a whole backbone', () => {
    const builder = createGraphBuilder();
    const { c5 } = mobilenetV2({ padding: 'symmetric', epsilon: 1e-5 }).build(
      builder.scope('backbone'),
      builder.input(),
    );
    const graph = builder.build({ features: (c5 as NonNullable<typeof c5>).node });
    expectComplete(graph, readManifest(join(goldens, 'manifests/backbone_mobilenet_v2.json')), torchvision);
  });

  it.each(['large', 'small'] as const)('MobileNetV3 %s is a whole backbone', (size) => {
    const builder = createGraphBuilder();
    const { c5 } = mobilenetV3({ size }).build(builder.scope('backbone'), builder.input());
    const graph = builder.build({ features: (c5 as NonNullable<typeof c5>).node });
    expectComplete(graph, readManifest(join(goldens, `manifests/backbone_mobilenet_v3_${size}.json`)), torchvision);
  });
});

describe.skipIf(goldens === '')('VGG-16 of torchvision', () => {
  it.each([
    ['vgg16', 'folded', torchvision],
    ['vgg16_bn', 'batch', torchvisionVggBatchNorm],
  ] as const)('%s is a whole backbone', (name, norm, nameMap) => {
    const builder = createGraphBuilder();
    const { c5 } = vgg16({ pools: 'plain', norm }).build(builder.scope('backbone'), builder.input());
    const graph = builder.build({ features: (c5 as NonNullable<typeof c5>).node });
    expectComplete(graph, readManifest(join(goldens, `manifests/backbone_${name}.json`)), nameMap);
  });
});

describe.skipIf(goldens === '')('ResNet of torchvision', () => {
  it.each([18, 34, 50, 101, 152] as const)('of %i layers is a whole backbone', (depth) => {
    const builder = createGraphBuilder();
    const { c5 } = resnet({ depth }).build(builder.scope('backbone'), builder.input());
    const graph = builder.build({ features: (c5 as NonNullable<typeof c5>).node });
    expectComplete(graph, readManifest(join(goldens, `manifests/backbone_resnet${depth}.json`)), torchvision);
  });
});

const light = deeplabV3({ backbone: mobilenetV2(), head: aspp({ atrousRates: [] }), outputStride: 8 });

describe.skipIf(data === '')("Google's TensorFlow checkpoint", () => {
  it('is imported whole, without its momentum and step counter', () => {
    const path = join(data, 'containers/tf-checkpoint-index/variables.json');
    const variables = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, { shape: readonly number[] }>>;
    const entries = Object.entries(variables).map(([name, { shape }]) => ({ name, shape }));
    expect(entries).toHaveLength(437);
    expectComplete(light, entries, googleCheckpoint);
  });
});

const caffeLayer = (name: string, filters: number, inputs: number, kernel = 3): readonly Entry[] => [
  { name: `${name}.weight`, shape: [filters, inputs, kernel, kernel] },
  { name: `${name}.bias`, shape: [filters] },
];

describe("Yu and Koltun's Dilation10, of narrow fc6 and fc7", () => {
  it('is imported whole, without the filter of its deconvolution', () => {
    const channels = [64, 128, 256, 512, 512];
    const stages = [2, 2, 3, 3, 3].flatMap((convolutions, stage) =>
      Array.from({ length: convolutions }, (_, i) => {
        const filters = channels[stage] ?? NaN;
        return caffeLayer(`conv${stage + 1}_${i + 1}`, filters, i > 0 ? filters : (channels[stage - 1] ?? 3));
      }).flat(),
    );
    const context = ['1_1', '1_2', '2_1', '3_1', '4_1', '5_1', '6_1', '7_1'].map((layer) => `ctx_conv${layer}`);
    const entries = [
      ...stages,
      ...caffeLayer('fc6', 8, 512, 7),
      ...caffeLayer('fc7', 8, 8, 1),
      ...caffeLayer('final', 19, 8, 1),
      ...[...context, 'ctx_fc1'].flatMap((name) => caffeLayer(name, 19, 19)),
      ...caffeLayer('ctx_final', 19, 19, 1),
      { name: 'ctx_upsample.weight', shape: [19, 1, 16, 16] },
    ];
    const graph = dilatedContext({
      head: largeFov({ kernel: 7, atrousRate: 4, channels: 8, averagePool: false, padding: 'valid' }),
      context: contextModule({ atrousRates: [1, 1, 2, 4, 8, 16, 32, 64] }),
      numClasses: 19,
      enlargement: 8,
    });
    expectComplete(graph, entries, caffeVgg);
  });
});

/** Variables of the checkpoint that an exported graph was made of, once filters and norms were multiplied. */
const unfolded: readonly (readonly [suffix: RegExp, original: string])[] = [
  [/\/Conv2D\/merged_input$/, '/weights'],
  [/\/BatchNorm\/FusedBatchNorm\/Offset$/, '/biases'],
];

describe.skipIf(data === '')("Google's DeepLab v3+ for ADE20K, as exported for TensorFlow.js", () => {
  it('has the layers and shapes of ours', () => {
    const path = join(data, 'containers/deeplab-ade20k-tfjs-incomplete/model.json');
    const { weightsManifest } = JSON.parse(readFileSync(path, 'utf8')) as {
      weightsManifest: readonly { readonly weights: readonly Entry[] }[];
    };
    const entries = weightsManifest
      .flatMap(({ weights }) => weights)
      .map(({ name, shape }) => ({
        name: unfolded.reduce((text, [suffix, original]) => text.replace(suffix, original), name),
        shape,
      }))
      .filter(({ name }) => /\/(weights|depthwise_weights|biases)$/.test(name));
    const graph = deeplabV3Plus({
      backbone: mobilenetV2({ norm: 'folded' }),
      head: aspp({ atrousRates: [], norm: 'folded' }),
      decoder: decoder({ lowLevel: 'c2Expanded', separable: true, norm: 'folded' }),
      numClasses: 151,
    });
    expectComplete(graph, entries, googleCheckpoint);
  });
});

describe('weights under our own names', () => {
  it('are imported whole', () => {
    const params = light.nodes.flatMap((node) => Object.values(node.params));
    expectComplete(light, params, atrous);
  });
});
