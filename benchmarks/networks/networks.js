// @ts-check
// The networks that are timed, each with its image and seeded random weights: whoever runs them gets the same ones.
import { mobilenetV2 } from '@atrous/backbones';
import { createGraphBuilder, createRandom, withInputShape } from '@atrous/core';
import { aspp, decoder } from '@atrous/heads';
import { buildModel, deeplabV3Plus, presets, variants } from '@atrous/models';
import { initialWeights } from '@atrous/train';

/** @typedef {import('@atrous/core').Graph} Graph */
/** @typedef {import('@atrous/core').Tensor} Tensor */

/** @param {readonly { name: string, model: import('@atrous/models').ModelConfig }[]} list @param {string} name */
function built(list, name) {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no network "${name}"`);
  return buildModel(found.model);
}

/** @param {boolean} separable */
const plusMobilenetV2 = (separable) =>
  deeplabV3Plus({
    backbone: mobilenetV2({ padding: 'symmetric', epsilon: 1e-5, expandFirst: true }),
    head: aspp({ separable, imagePooling: 'last' }),
    decoder: decoder({ separable, depth: 1 }),
  });

/** @type {Readonly<Record<string, { title: string, size: number, build: () => Graph }>>} */
export const NETWORKS = {
  'v3plus-mobilenetv2': {
    title: 'DeepLab v3+, MobileNetV2, dense head',
    size: 513,
    build: () => plusMobilenetV2(false),
  },
  'v3plus-mobilenetv2-separable': {
    title: 'DeepLab v3+, MobileNetV2, separable head',
    size: 513,
    build: () => plusMobilenetV2(true),
  },
  'v3-mobilenetv3': {
    title: 'DeepLab v3, MobileNetV3-large, as in torchvision',
    size: 513,
    build: () => built(presets, 'deeplabv3-mobilenetv3-voc-torchvision'),
  },
  'v3plus-resnet50': {
    title: 'DeepLab v3+, ResNet-50',
    size: 257,
    build: () => built(variants, 'deeplab-v3-plus-resnet50'),
  },
  'v3plus-xception65': {
    title: 'DeepLab v3+, Xception-65',
    size: 257,
    build: () => built(variants, 'deeplab-v3-plus-xception65'),
  },
  'v1-vgg16': {
    title: 'DeepLab v1 LargeFOV, VGG-16',
    size: 321,
    build: () => built(variants, 'deeplab-v1-largefov-vgg16'),
  },
};

/** From an image of one size to the label of each of its pixels. @param {Graph} graph @param {number} size */
function toLabels(graph, size) {
  const fixed = withInputShape(graph, [1, size, size, 3]);
  const builder = createGraphBuilder({ outputStride: fixed.outputStride });
  const nodes = new Map(fixed.nodes.map((node) => [node.name, builder.addNode(node)]));
  const logits = nodes.get(fixed.outputs.logits ?? '');
  if (logits === undefined) throw new Error('the network has no logits');
  const enlarged = builder.resizeBilinear(logits, { name: 'enlarged', size: [size, size], corners: 'halfPixel' });
  return builder.build({ labels: builder.argMax(enlarged, { name: 'labels' }) });
}

/** Running statistics and offsets as trained networks have them: without these, half of all units would be the same. @param {import('@atrous/core').Weights} weights */
function withStatistics(weights) {
  const random = createRandom('benchmark statistics');
  const between = (/** @type {Tensor} */ { shape, data }, /** @type {number} */ low, /** @type {number} */ high) => ({
    shape,
    data: data.map(() => random.uniform(low, high)),
  });
  return new Map(
    [...weights].map(([name, tensor]) => {
      if (/moving_mean|running_mean|movingMean|beta|biases|bias$/.test(name)) return [name, between(tensor, -0.1, 0.1)];
      if (/variance|running_var|gamma/.test(name)) return [name, between(tensor, 0.8, 1.2)];
      return [name, tensor];
    }),
  );
}

/** @param {string} name @param {number} [size] of the image's sides. */
export function problemOf(name, size) {
  const network = NETWORKS[name];
  if (network === undefined) throw new Error(`"${name}" is none of ${Object.keys(NETWORKS).join(', ')}`);
  const side = size ?? network.size;
  const graph = toLabels(network.build(), side);
  const random = createRandom('benchmark image', side);
  /** @type {Tensor} */
  const image = {
    shape: [1, side, side, 3],
    data: Float32Array.from({ length: side * side * 3 }, () => random.uniform(-1, 1)),
  };
  return { graph, weights: withStatistics(initialWeights(graph, { seed: 0 })), image };
}
