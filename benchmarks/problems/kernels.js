// @ts-check
// Parts of networks that decide how fast they are, each as a graph of its own.
import { createGraphBuilder } from '@atrous/core';
import { noise } from './noise.js';

/** @typedef {import('@atrous/core').Tensor} Tensor */
/** @typedef {{ title: string, size: number, build: () => import('./index.js').Problem }} Kernel `size` is that of the map that goes in. */

/** Those of the ASPP at output stride 16. */
const RATES = [6, 12, 18];
const FILTERS = 256;
const CLASSES = 21;
const LABELS_SIDE = 513;

const randomTensor = (/** @type {readonly number[]} */ shape, /** @type {string} */ seed) => noise(shape, -1, 1, seed);

/** @param {number} side @param {number} channels @param {number} rate @returns {import('./index.js').Problem} */
function atrousConvolution(side, channels, rate) {
  const builder = createGraphBuilder();
  const x = builder.input({ shape: [1, side, side, channels] });
  const y = builder.conv2d(x, { name: 'conv', filters: FILTERS, kernel: 3, atrousRate: rate, padding: 'same' });
  return {
    graph: builder.build({ y }),
    weights: new Map([['conv/weights', randomTensor([3, 3, channels, FILTERS], 'weights')]]),
    image: randomTensor([1, side, side, channels], 'map'),
  };
}

/** Logits that change as slowly as those of a photo: a few regions with one label each. @param {number} side @returns {Tensor} */
function smoothLogits(side) {
  const spot = Math.ceil(side / 5);
  const coarse = randomTensor([1, 6, 6, CLASSES], 'smooth logits').data;
  const at = (/** @type {number} */ y, /** @type {number} */ x, /** @type {number} */ label) =>
    coarse[(y * 6 + x) * CLASSES + label] ?? 0;
  const data = Float32Array.from({ length: side * side * CLASSES }, (_, i) => {
    const [pixel, label] = [Math.floor(i / CLASSES), i % CLASSES];
    const [y, x] = [Math.floor(pixel / side) / spot, (pixel % side) / spot];
    const [top, left] = [Math.floor(y), Math.floor(x)];
    const [down, right] = [y - top, x - left];
    const above = at(top, left, label) * (1 - right) + at(top, left + 1, label) * right;
    const below = at(top + 1, left, label) * (1 - right) + at(top + 1, left + 1, label) * right;
    return above * (1 - down) + below * down;
  });
  return { shape: [1, side, side, CLASSES], data };
}

/** Logits enlarged, and the label of each pixel. @param {Tensor} logits @returns {import('./index.js').Problem} */
function tail(logits) {
  const builder = createGraphBuilder();
  const x = builder.input({ shape: logits.shape });
  const enlarged = builder.resizeBilinear(x, { size: [LABELS_SIDE, LABELS_SIDE], corners: 'halfPixel' });
  return { graph: builder.build({ labels: builder.argMax(enlarged) }), weights: new Map(), image: logits };
}

/** @param {number} side @param {number} channels @param {number} rate @returns {[string, Kernel]} */
const convolutionEntry = (side, channels, rate) => [
  `conv-${channels}-${side}-rate${rate}`,
  {
    title: `3×3 convolution, ${channels} → ${FILTERS}, rate ${rate}`,
    size: side,
    build: () => atrousConvolution(side, channels, rate),
  },
];

/** @param {number} side @param {string} kind @param {(side: number) => Tensor} logits @returns {[string, Kernel]} */
const tailEntry = (side, kind, logits) => [
  `tail-${side}-${kind}`,
  {
    title: `${kind} logits of ${CLASSES} classes enlarged to ${LABELS_SIDE}×${LABELS_SIDE}, and their labels`,
    size: side,
    build: () => tail(logits(side)),
  },
];

/** @type {Readonly<Record<string, Kernel>>} */
export const KERNELS = Object.fromEntries([
  ...[33, 65].flatMap((side) => [
    ...[1, ...RATES].map((rate) => convolutionEntry(side, FILTERS, rate)),
    ...RATES.map((rate) => convolutionEntry(side, 2048, rate)),
  ]),
  ...[65, 129].map((side) => tailEntry(side, 'smooth', smoothLogits)),
  tailEntry(129, 'random', (side) => randomTensor([1, side, side, CLASSES], 'random logits')),
]);
