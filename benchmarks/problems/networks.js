// @ts-check
// Whole networks, each from an image to the label of each pixel, with seeded random weights: whoever runs them gets the same ones.
import { mobilenetV2 } from '@atrous/backbones';
import { createGraphBuilder, withInputShape } from '@atrous/core';
import { aspp, decoder } from '@atrous/heads';
import { buildModel, deeplabV3Plus, presets, variants } from '@atrous/models';
import { createImage } from './image.js';
import { noise } from './noise.js';

/** @typedef {import('@atrous/core').Graph} Graph */
/** @typedef {import('@atrous/core').Tensor} Tensor */

/** @param {readonly { name: string, model: import('@atrous/models').ModelConfig }[]} list @param {string} name @param {number} numClasses */
function built(list, name, numClasses) {
  const found = list.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no network "${name}"`);
  return buildModel({ ...found.model, config: { ...found.model.config, numClasses } });
}

/** @param {boolean} separable @param {number} numClasses */
const plusMobilenetV2 = (separable, numClasses) =>
  deeplabV3Plus({
    backbone: mobilenetV2({ padding: 'symmetric', epsilon: 1e-5, expandFirst: true }),
    head: aspp({ separable, imagePooling: 'last' }),
    decoder: decoder({ separable, depth: 1 }),
    numClasses,
  });

/** @type {Readonly<Record<string, { title: string, size: number, build: (numClasses: number) => Graph }>>} */
export const NETWORKS = {
  'v3plus-mobilenetv2': {
    title: 'DeepLab v3+, MobileNetV2, dense head',
    size: 513,
    build: (numClasses) => plusMobilenetV2(false, numClasses),
  },
  'v3plus-mobilenetv2-separable': {
    title: 'DeepLab v3+, MobileNetV2, separable head',
    size: 513,
    build: (numClasses) => plusMobilenetV2(true, numClasses),
  },
  'v3-mobilenetv3': {
    title: 'DeepLab v3, MobileNetV3-large, as in torchvision',
    size: 513,
    build: (numClasses) => built(presets, 'deeplabv3-mobilenetv3-voc-torchvision', numClasses),
  },
  'v3plus-resnet50': {
    title: 'DeepLab v3+, ResNet-50',
    size: 257,
    build: (numClasses) => built(variants, 'deeplab-v3-plus-resnet50', numClasses),
  },
  'v3plus-xception65': {
    title: 'DeepLab v3+, Xception-65',
    size: 257,
    build: (numClasses) => built(variants, 'deeplab-v3-plus-xception65', numClasses),
  },
  'v1-vgg16': {
    title: 'DeepLab v1 LargeFOV, VGG-16',
    size: 321,
    build: (numClasses) => built(variants, 'deeplab-v1-largefov-vgg16', numClasses),
  },
};

/** What turns logits into the label of each pixel. */
const ENLARGED = 'enlarged';

/** From an image of one size to the label of each of its pixels. @param {Graph} graph @param {number} size */
function toLabels(graph, size) {
  const fixed = withInputShape(graph, [1, size, size, 3]);
  const builder = createGraphBuilder({ outputStride: fixed.outputStride });
  const nodes = new Map(fixed.nodes.map((node) => [node.name, builder.addNode(node)]));
  const logits = nodes.get(fixed.outputs.logits ?? '');
  if (logits === undefined) throw new Error('the network has no logits');
  const enlarged = builder.resizeBilinear(logits, { name: ENLARGED, size: [size, size], corners: 'halfPixel' });
  return builder.build({ labels: builder.argMax(enlarged, { name: 'labels' }) });
}

/** Numbers between which a parameter lies, by its role: running statistics and offsets as trained networks have them, weights that keep the scale of maps. @param {string} role @param {readonly number[]} shape @returns {[number, number]} */
function rangeOf(role, [height = 1, width = 1, channels = 1]) {
  if (role === 'gamma' || role === 'movingVariance') return [0.8, 1.2];
  if (role === 'biases' || role === 'beta' || role === 'movingMean') return [-0.1, 0.1];
  const bound = Math.sqrt(role === 'depthwiseWeights' ? 3 / (height * width) : 4 / (height * width * channels));
  return [-bound, bound];
}

/** @param {Graph} graph @returns {Map<string, Tensor>} */
const randomWeights = ({ nodes }) =>
  new Map(
    nodes
      .flatMap(({ params }) => Object.entries(params))
      .map(([role, { name, shape }]) => [name, noise(shape, ...rangeOf(role, shape), name)]),
  );

/**
 * @param {string} name
 * @param {number} size of the image's sides
 * @param {number} classes
 */
export function networkProblem(name, size, classes) {
  const graph = toLabels(/** @type {(typeof NETWORKS)[string]} */ (NETWORKS[name]).build(classes), size);
  return { graph, weights: randomWeights(graph), image: createImage(size) };
}

/** The convolution that makes the logits. @param {Graph} graph */
function classifierOf(graph) {
  const name = graph.nodes.find((node) => node.name === ENLARGED)?.inputs[0];
  const node = graph.nodes.find((node) => node.name === name);
  const biases = node?.params.biases?.name;
  if (name === undefined || biases === undefined) throw new Error('the logits come from no convolution with biases');
  return { name, biases };
}

/**
 * The mean of each class's logits. A network of random weights gives one class everywhere, and labels that are compared would tell little;
 * less their means, there are about as many classes as in a photo.
 *
 * @param {import('./index.js').Problem} problem
 * @param {import('@atrous/core').Runtime} runtime
 * @returns {Promise<number[]>}
 */
export async function meanLogits({ graph, weights, image }, runtime) {
  const executable = await runtime.compile({ ...graph, outputs: { logits: classifierOf(graph).name } }, weights);
  const { logits } = await executable.run(image);
  executable.dispose();
  if (logits === undefined) throw new Error('the network gave no logits');
  const classes = logits.shape[3] ?? 1;
  const sums = Array.from({ length: classes }, () => 0);
  for (let i = 0; i < logits.data.length; i++) sums[i % classes] = (sums[i % classes] ?? 0) + (logits.data[i] ?? 0);
  return sums.map((sum) => (sum * classes) / logits.data.length);
}

/** Takes the means off. @param {import('./index.js').Problem} problem @param {readonly number[]} means */
export function withBalance({ graph, weights, image }, means) {
  const { biases } = classifierOf(graph);
  const { shape, data } = /** @type {Tensor} */ (weights.get(biases));
  const balanced = { shape, data: Float32Array.from(data, (bias, i) => bias - (means[i] ?? 0)) };
  return { graph, weights: new Map([...weights, [biases, balanced]]), image };
}
