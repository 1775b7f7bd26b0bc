import { mobilenetV2 } from '@atrous/backbones/mobilenet-v2';
import { mobilenetV3 } from '@atrous/backbones/mobilenet-v3';
import { resnet } from '@atrous/backbones/resnet';
import { createGraphBuilder, type Graph } from '@atrous/core';
import { aspp, decoder } from '@atrous/heads';
import { deeplabV3, deeplabV3Plus } from '@atrous/models';
import { dataFolder, goldensFolder } from '@atrous/testing';
import {
  atrous,
  detectNameMap,
  googleCheckpoint,
  importWeights,
  nameMaps,
  torchvision,
  type Checkpoint,
  type NameMap,
  type StoredTensor,
} from '@atrous/weights';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readNetworkFile } from '../src/goldens/network-file.ts';
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
