import { createGraphBuilder, parametersOf } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { generateTensor, largestDifference, largestMagnitude } from '@atrous/testing';
import { describe, expect, it } from 'vitest';
import { onnx } from '../src/node.ts';

const runtime = onnx({ provider: 'webgpu' });
const here = await runtime.available();

/** What DeepLabs consist of, small: each of the contract's cases would compile shaders for a second on a software GPU. */
function network() {
  const b = createGraphBuilder();
  const image = b.input();
  const conv = b.conv2d(image, { name: 'conv', filters: 8, kernel: 3, stride: 2, useBias: true });
  const features = b.activation(b.batchNorm(conv, { name: 'norm' }), 'relu6');
  const atrous = b.conv2d(features, { name: 'atrous', filters: 4, kernel: 3, atrousRate: 2 });
  const pooled = b.resizeBilinear(b.globalAvgPool(features), { corners: 'alignCorners', like: atrous });
  const logits = b.conv2d(b.concat([atrous, pooled]), { name: 'logits', filters: 3, kernel: 1, useBias: true });
  return b.build({ logits: b.resizeBilinear(logits, { corners: 'alignCorners', like: image }) });
}

if (here.available)
  describe('runtime "onnx-webgpu"', () => {
    it('computes what the reference does, at two sizes', async () => {
      const graph = network();
      const params = [...parametersOf(graph).values()];
      // Variances are above 0.
      const weights = new Map(
        params.map(({ name, shape }) => [name, generateTensor({ name, shape, offset: 0.6, scale: 0.5 })]),
      );
      using executable = await runtime.compile(graph, weights);
      using reference = await referenceRuntime().compile(graph, weights);
      for (const side of [9, 12]) {
        const image = generateTensor({ name: 'image', shape: [1, side, side, 3], offset: 0, scale: 1 });
        const [{ logits }, { logits: expected }] = await Promise.all([executable.run(image), reference.run(image)]);
        expect(logits?.shape).toEqual([1, side, side, 3]);
        const allowed = 2e-5 * Math.max(1, largestMagnitude(expected!.data));
        expect(largestDifference(logits!.data, expected!.data).value).toBeLessThanOrEqual(allowed);
      }
    });
  });
else {
  const notice = `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
  console.warn(`onnx-webgpu is not tested: ${notice}`);
  describe.skip('runtime "onnx-webgpu"', () => it(notice));
}
