import { createGraphBuilder, createRandom, type Tensor } from '@atrous/core';
import { onnxWeb, type OnnxWebOptions } from '@atrous/runtime-onnx/web';
import { referenceRuntime } from '@atrous/runtime-reference';

const random = createRandom(1, 'page');
const randomTensor = (...shape: number[]): Tensor => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((product, extent) => product * extent) }, () => random.uniform(-1, 1)),
});

const image = randomTensor(1, 17, 13, 3);
const weights = new Map([
  ['logits/weights', randomTensor(3, 3, 3, 5)],
  ['logits/biases', randomTensor(5)],
]);

/** An atrous filter, an enlargement and the labels. */
function network() {
  const b = createGraphBuilder();
  const x = b.input({ shape: [null, 17, 13, 3] });
  const logits = b.conv2d(x, { name: 'logits', filters: 5, kernel: 3, stride: 2, atrousRate: 2, useBias: true });
  return b.build({ logits, labels: b.argMax(b.resizeBilinear(logits, { corners: 'halfPixel', like: x })) });
}

/** What tests do in this page. */
const inPage = {
  isIsolated: () => globalThis.crossOriginIsolated,
  /** @returns what a runtime says of itself, and how far its results are from the definition. */
  async run(options: OnnxWebOptions) {
    const runtime = onnxWeb(options);
    const here = await runtime.available();
    if (!here.available) return { detail: here.reason, largest: NaN, otherLabels: NaN };
    using executable = await runtime.compile(network(), weights);
    using reference = await referenceRuntime().compile(network(), weights);
    const [result, expected] = [await executable.run(image), await reference.run(image)];
    const differences = [...(expected.logits?.data ?? [])].map((y, i) => Math.abs(y - (result.logits?.data[i] ?? NaN)));
    const labels = [...(expected.labels?.data ?? [])];
    return {
      detail: here.detail,
      largest: Math.max(...differences),
      otherLabels: labels.filter((label, i) => label !== result.labels?.data[i]).length,
    };
  },
};
export type InPage = typeof inPage;
Object.assign(globalThis, { inPage });
