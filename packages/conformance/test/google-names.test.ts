import { buildModel, variants } from '@atrous/models';
import { googleCheckpoint, importWeights, type Checkpoint, type StoredTensor } from '@atrous/weights';
import { describe, expect, it } from 'vitest';

type Variables = Readonly<Record<string, readonly number[]>>;

const NORM = ['gamma', 'beta', 'moving_mean', 'moving_variance'];

/** Variables of a convolution and its normalisation. */
const layer = (scope: string, weights: string, shape: readonly number[]): Variables => ({
  [`${scope}/${weights}`]: shape,
  ...Object.fromEntries(
    NORM.map((role) => [`${scope}/BatchNorm/${role}`, [weights === 'weights' ? (shape[3] ?? 0) : (shape[2] ?? 0)]]),
  ),
});

const conv = (scope: string, kernel: number, from: number, to: number): Variables =>
  layer(scope, 'weights', [kernel, kernel, from, to]);

const depthwise = (scope: string, channels: number, kernel = 3): Variables =>
  layer(scope, 'depthwise_weights', [kernel, kernel, channels, 1]);

const separable = (scope: string, from: number, to: number): Variables => ({
  ...depthwise(`${scope}_depthwise`, from),
  ...conv(`${scope}_pointwise`, 1, from, to),
});

const merge = (...parts: readonly Variables[]): Variables => Object.assign({}, ...parts) as Variables;

function xceptionUnit(scope: string, from: number, widths: readonly number[], shortcut: boolean): Variables {
  const path = `${scope}/xception_module`;
  const convolutions = widths.map((to, i) =>
    separable(`${path}/separable_conv${i + 1}`, i === 0 ? from : (widths[i - 1] ?? 0), to),
  );
  return merge(...convolutions, shortcut ? conv(`${path}/shortcut`, 1, from, widths.at(-1) ?? 0) : {});
}

function xception(name: string, entry: readonly number[], middle: number): Variables {
  const unit = (scope: string, from: number, widths: readonly number[], shortcut: boolean) =>
    xceptionUnit(`${name}/${scope}`, from, widths, shortcut);
  return merge(
    conv(`${name}/entry_flow/conv1_1`, 3, 3, 32),
    conv(`${name}/entry_flow/conv1_2`, 3, 32, 64),
    ...entry.map((width, i) =>
      unit(`entry_flow/block${i + 1}/unit_1`, entry[i - 1] ?? 64, [width, width, width], true),
    ),
    ...Array.from({ length: middle }, (_, i) => unit(`middle_flow/block1/unit_${i + 1}`, 728, [728, 728, 728], false)),
    unit('exit_flow/block1/unit_1', 728, [728, 1024, 1024], true),
    unit('exit_flow/block2/unit_1', 1024, [1536, 1536, 2048], false),
  );
}

const decoder = (lowLevel: number): Variables =>
  merge(
    conv('decoder/feature_projection0', 1, lowLevel, 48),
    separable('decoder/decoder_conv0', 304, 256),
    separable('decoder/decoder_conv1', 256, 256),
  );

const logits = (classes: number): Variables => ({
  'logits/semantic/weights': [1, 1, 256, classes],
  'logits/semantic/biases': [classes],
});

const aspp: Variables = merge(
  conv('image_pooling', 1, 2048, 256),
  conv('aspp0', 1, 2048, 256),
  ...[1, 2, 3].map((i) => separable(`aspp${i}`, 2048, 256)),
  conv('concat_projection', 1, 1280, 256),
);

/** The cell found for Cityscapes: the first branch reads the backbone. */
const cell: Variables = merge(
  ...[2048, 256, 256, 256, 256].map((from, i) => separable(`meta_architecture/branch${i}`, from, 256)),
  conv('meta_architecture/concat_projection', 1, 1280, 256),
);

function resnet(name: string, units: readonly number[]): Variables {
  const parts: Variables[] = [3, 64, 64].map((from, i) => conv(`${name}/conv1_${i + 1}`, 3, from, i === 2 ? 128 : 64));
  let from = 128;
  for (const [block, count] of units.entries()) {
    const width = 64 * 2 ** block;
    for (let unit = 1; unit <= count; unit++) {
      const path = `${name}/block${block + 1}/unit_${unit}/bottleneck_v1`;
      if (unit === 1) parts.push(conv(`${path}/shortcut`, 1, from, 4 * width));
      parts.push(conv(`${path}/conv1`, 1, from, width));
      parts.push(conv(`${path}/conv2`, 3, width, width), conv(`${path}/conv3`, 1, width, 4 * width));
      from = 4 * width;
    }
  }
  return merge(...parts);
}

const denseAspp: Variables = merge(
  conv('image_pooling', 1, 2048, 256),
  conv('aspp0', 1, 2048, 256),
  ...[1, 2, 3].map((i) => conv(`aspp${i}`, 3, 2048, 256)),
  conv('concat_projection', 1, 1280, 256),
);

const biased = (scope: string, from: number, to: number): Variables => ({
  [`${scope}/weights`]: [1, 1, from, to],
  [`${scope}/biases`]: [to],
});

/** Kernel, channels inside and after, and the channels that squeeze-and-excitation squeezes to, if there is any. */
const SMALL_BLOCKS: readonly (readonly [number, number, number, number])[] = [
  [3, 16, 16, 8],
  [3, 72, 24, 0],
  [3, 88, 24, 0],
  [5, 96, 40, 24],
  [5, 240, 40, 64],
  [5, 240, 40, 64],
  [5, 120, 48, 32],
  [5, 144, 48, 40],
  [5, 144, 48, 40],
  [5, 288, 48, 72],
  [5, 288, 48, 72],
];

function mobilenetV3Small(): Variables {
  const parts: Variables[] = [conv('MobilenetV3/Conv', 3, 3, 16)];
  let from = 16;
  for (const [i, [kernel, hidden, to, squeezed]] of SMALL_BLOCKS.entries()) {
    const path = `MobilenetV3/expanded_conv${i === 0 ? '' : `_${i}`}`;
    if (i > 0) parts.push(conv(`${path}/expand`, 1, from, hidden));
    parts.push(depthwise(`${path}/depthwise`, hidden, kernel), conv(`${path}/project`, 1, hidden, to));
    if (squeezed > 0)
      parts.push(
        biased(`${path}/squeeze_excite/Conv`, hidden, squeezed),
        biased(`${path}/squeeze_excite/Conv_1`, squeezed, hidden),
      );
    from = to;
  }
  return merge(...parts, conv('MobilenetV3/Conv_1', 1, from, 288));
}

const gatedHead: Variables = merge(
  conv('aspp0', 1, 288, 128),
  biased('image_pooling', 288, 128),
  biased('decoder/feature_projection0', 88, 19),
  biased('decoder/decoder_conv0', 128, 19),
);

const ENTRY = [128, 256, 728];
const DEEP_ENTRY = [128, 256, 256, 728, 728];

function checkpointOf(variables: Variables): Checkpoint {
  const zeros = (shape: readonly number[]): StoredTensor => ({
    dtype: 'float32',
    shape,
    data: new Float32Array(shape.reduce((size, extent) => size * extent, 1)),
  });
  const tensors = new Map(Object.entries(variables).map(([name, shape]) => [name, zeros(shape)]));
  return { format: 'names and shapes', tensors, metadata: {} };
}

describe("Google's checkpoints", () => {
  it.each<[string, Variables]>([
    ['deeplab-v3-plus-xception41', merge(xception('xception_41', ENTRY, 8), aspp, decoder(256), logits(21))],
    ['deeplab-v3-plus-xception65', merge(xception('xception_65', ENTRY, 16), aspp, decoder(256), logits(21))],
    ['deeplab-v3-plus-xception71', merge(xception('xception_71', DEEP_ENTRY, 16), aspp, decoder(256), logits(21))],
    [
      'deeplab-v3-plus-xception71-dpc-cityscapes',
      merge(xception('xception_71', DEEP_ENTRY, 16), cell, decoder(256), logits(19)),
    ],
    ['deeplab-v3-resnet101', merge(resnet('resnet_v1_101', [3, 4, 23, 3]), denseAspp, logits(21))],
    ['deeplab-mobilenetv3-small-cityscapes', merge(mobilenetV3Small(), gatedHead)],
    ['deeplab-v3-resnet50', merge(resnet('resnet_v1_50', [3, 4, 6, 3]), denseAspp, logits(21))],
  ])('of %s are imported whole', (name, variables) => {
    const graph = buildModel(variants.find((variant) => variant.name === name)!.model);
    const { report } = importWeights(graph, checkpointOf(variables), googleCheckpoint);
    expect({ missing: report.missing, unexpected: report.unexpected }).toEqual({ missing: [], unexpected: [] });
  });
});
