// @ts-check
// TensorFlow.js as its own converter would run the network: batch norms folded, activations fused, one op after the other.
import * as tf from '@tensorflow/tfjs';
import { optimizeForInference } from '@atrous/core';

/** @typedef {import('@atrous/core').Node} Node */
/** @typedef {tf.Tensor4D} Tensor */

/** @type {Readonly<Record<string, tf.fused.Activation | undefined>>} */
const FUSED = { linear: 'linear', relu: 'relu', relu6: 'relu6' };
/** @type {Readonly<Record<string, (x: Tensor) => Tensor>>} */
const ACTIVATIONS = {
  linear: (x) => x,
  relu: tf.relu,
  relu6: tf.relu6,
  sigmoid: tf.sigmoid,
  hardSigmoid: (x) => tf.div(tf.relu6(tf.add(x, 3)), 6),
  hardSwish: (x) => tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6)),
};

/** @param {number} size @param {number} kernel @param {number} stride @param {number} rate @param {import('@atrous/core').Padding} padding */
function padsOf(size, kernel, stride, rate, padding) {
  const extent = (kernel - 1) * rate + 1;
  if (padding === 'valid') return [0, 0];
  if (padding === 'symmetric') return [Math.floor((extent - 1) / 2), Math.ceil((extent - 1) / 2)];
  if (padding !== 'same') throw new Error('padding of its own is not done here');
  const all = Math.max(0, (Math.ceil(size / stride) - 1) * stride + extent - size);
  return [Math.floor(all / 2), Math.ceil(all / 2)];
}

/** @param {Tensor} x @param {{ kernel: readonly number[], strides: readonly number[], padding: import('@atrous/core').Padding, atrousRate?: readonly number[] }} window */
function explicitPads(x, { kernel, strides, padding, atrousRate = [1, 1] }) {
  const along = [0, 1].map((i) =>
    padsOf(x.shape[i + 1] ?? 0, kernel[i] ?? 1, strides[i] ?? 1, atrousRate[i] ?? 1, padding),
  );
  return /** @type {[[number, number], [number, number], [number, number], [number, number]]} */ ([
    [0, 0],
    ...along,
    [0, 0],
  ]);
}

const pair = (/** @type {readonly [number, number]} */ [a, b]) => /** @type {[number, number]} */ ([a, b]);

/** Padding with which windows of whole size give the node's extent. @param {Tensor} x @param {import('@atrous/core').NodeOf<'maxPool' | 'avgPool'>} node */
function poolPads(x, { attrs, shape }) {
  const pads = explicitPads(x, attrs);
  for (const i of [1, 2]) {
    const [stride = 1, kernel = 1] = [attrs.strides[i - 1], attrs.kernel[i - 1]];
    const [before] = pads[i] ?? [0];
    const after = ((shape[i] ?? 0) - 1) * stride + kernel - (x.shape[i] ?? 0) - before;
    pads[i] = [before, Math.max(0, after)];
  }
  return pads;
}

/** @param {Node} node @param {Tensor[]} inputs @param {(role: string) => tf.Tensor} param @returns {Tensor} */
function computeNode(node, inputs, param) {
  const [x, y] = /** @type {[Tensor, Tensor]} */ (inputs);
  switch (node.kind) {
    case 'conv2d':
    case 'depthwiseConv2d': {
      const { attrs } = node;
      const run = node.kind === 'conv2d' ? tf.fused.conv2d : tf.fused.depthwiseConv2d;
      const pads = explicitPads(x, attrs);
      const isSame = String(pads) === String(explicitPads(x, { ...attrs, padding: 'same' }));
      const fused = FUSED[attrs.activation];
      const result = run({
        x: isSame ? x : tf.pad(x, pads),
        filter: /** @type {Tensor} */ (param(node.kind === 'conv2d' ? 'weights' : 'depthwiseWeights')),
        strides: pair(attrs.strides),
        dilations: pair(attrs.atrousRate),
        pad: isSame ? 'same' : 'valid',
        ...(attrs.useBias && { bias: param('biases') }),
        ...(fused && { activation: fused }),
      });
      return fused ? result : activate(attrs.activation, result);
    }
    case 'activation':
      return activate(node.attrs.fn, x);
    case 'add':
      return activate(node.attrs.activation, inputs.length === 2 ? tf.add(x, y) : tf.addN(inputs));
    case 'multiply':
      return tf.mul(x, y);
    case 'concat':
      return tf.concat(inputs, 3);
    case 'maxPool': {
      const [kernel, strides, pads] = [pair(node.attrs.kernel), pair(node.attrs.strides), poolPads(x, node)];
      const isSame = String(pads) === String(explicitPads(x, { kernel, strides, padding: 'same' }));
      return isSame
        ? tf.maxPool(x, kernel, strides, 'same')
        : tf.maxPool(tf.pad(x, pads, -3.4e38), kernel, strides, 'valid');
    }
    case 'avgPool': {
      const { countPadding, kernel, strides } = node.attrs;
      if (!countPadding) return tf.avgPool(x, pair(kernel), pair(strides), 'same');
      return tf.avgPool(tf.pad(x, poolPads(x, node)), pair(kernel), pair(strides), 'valid');
    }
    case 'globalAvgPool':
      return tf.mean(x, [1, 2], true);
    case 'pad': {
      const { top, bottom, left, right } = node.attrs.pads;
      return tf.pad(x, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
    }
    case 'resizeBilinear': {
      const size = /** @type {[number, number]} */ (node.shape.slice(1, 3));
      return tf.image.resizeBilinear(
        x,
        size,
        node.attrs.corners === 'alignCorners',
        node.attrs.corners === 'halfPixel',
      );
    }
    case 'argMax':
      return tf.argMax(x, 3);
    default:
      throw new Error(`"${node.kind}" is not done here`);
  }
}

/** @param {string} name @param {Tensor} x */
function activate(name, x) {
  const activation = ACTIVATIONS[name];
  if (activation === undefined) throw new Error(`"${name}" is not done here`);
  return activation(x);
}

/**
 * @param {string} backend
 * @param {() => unknown} [provide] the backend
 * @returns {import('./serve.js').Load}
 */
export const stockTfjs =
  (backend, provide = () => {}) =>
  async ({ image, ...network }) => {
    const { graph, weights } = optimizeForInference(network);
    const since = performance.now();
    await provide();
    if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js has no backend "${backend}" here`);
    await tf.ready();
    const params = new Map([...weights].map(([name, { shape, data }]) => [name, tf.tensor(data, [...shape])]));
    const shape = /** @type {[number, number, number, number]} */ ([...image.shape]);
    const [output = ''] = Object.values(graph.outputs);

    const compute = () => {
      /** @type {Map<string, Tensor>} */
      const values = new Map();
      for (const node of graph.nodes) {
        const inputs = node.inputs.map((name) => /** @type {Tensor} */ (values.get(name)));
        const param = (/** @type {string} */ role) =>
          /** @type {tf.Tensor} */ (params.get(node.params[role]?.name ?? ''));
        values.set(
          node.name,
          node.kind === 'input' ? tf.tensor4d(image.data, shape) : computeNode(node, inputs, param),
        );
      }
      return /** @type {Tensor} */ (values.get(output));
    };
    return {
      since,
      async run() {
        const result = tf.tidy(compute);
        const data = await result.data();
        result.dispose();
        return data;
      },
    };
  };
