import type { FieldSpec } from '@atrous/crf';
import { webgpu } from '@atrous/crf/webgpu';
import { webgpu as webgpuRuntime } from '@atrous/runtime-tfjs/webgpu';
import { largestDifference } from '@atrous/testing';
import { backend, engine, mul, sum, tensor, tensor3d, tidy } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';

const runtime = webgpuRuntime();
const here = await runtime.available();
if (!here.available) console.warn(`skipped: the CRF on TensorFlow.js' device, ${here.reason}`);

// TensorFlow.js leaves tensors of less than a thousand numbers on the host
const [width, height, labels] = [24, 20, 5];
const pixels = width * height;
const spec: FieldSpec = {
  ...{ width, height },
  image: { width, height, data: Uint8Array.from({ length: 3 * pixels }, (_, i) => (i * i) % 256) },
  kernels: [
    { kind: 'gaussian', xyStd: 3 },
    { kind: 'bilateral', xyStd: 20, rgbStd: 50 },
  ],
};
const problem = { labels, compatibilities: [3, 4], iterations: 5 };

const deviceOfTensorflow = (): GPUDevice => (backend() as unknown as { readonly device: GPUDevice }).device;

describe.skipIf(!here.available)('the CRF on the device of TensorFlow.js', () => {
  it('takes logits from a tensor, which never leave it', async () => {
    const logits = Float32Array.from({ length: pixels * labels }, (_, i) => 3 * Math.sin(1.7 * i));
    using field = await webgpu({ device: deviceOfTensorflow() }).prepare(spec);
    const before = engine().memory().numTensors;
    // as a network would leave them
    const scores = tidy(() => mul(tensor3d(logits, [height, width, labels]), 1));
    const { tensorRef, buffer } = scores.dataToGPU();
    using result = await field.inferOnDevice({ ...problem, unary: { buffer: buffer as GPUBuffer, holds: 'logits' } });
    tensorRef.dispose();
    scores.dispose();
    const expected = await field.infer({ ...problem, unary: logits.map((logit) => -logit) });
    expect(largestDifference(await result.readMarginals(), expected.marginals).value).toBeLessThan(1e-5);
    expect(await result.readLabels()).toHaveLength(pixels);
    expect(engine().memory().numTensors).toBe(before);
  });

  it('gives marginals that a tensor is made of', async () => {
    using field = await webgpu({ device: deviceOfTensorflow() }).prepare(spec);
    using result = await field.inferOnDevice({ ...problem, unary: new Float32Array(pixels * labels) });
    const totals = tidy(() => sum(tensor({ buffer: result.marginals }, [height, width, labels], 'float32'), 2));
    const read = await totals.data();
    expect(read).toHaveLength(pixels);
    expect(Math.max(...read.map((total) => Math.abs(total - 1)))).toBeLessThan(1e-5);
    totals.dispose();
  });
});
