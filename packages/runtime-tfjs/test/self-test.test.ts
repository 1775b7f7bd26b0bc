import { createGraphBuilder } from '@atrous/core';
import { getKernel, memory, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { cpu } from '../src/cpu.ts';

const builder = createGraphBuilder();
const graph = builder.build({ y: builder.activation(builder.input(), 'relu') });

async function withBroken(name: string, breakIt: (kernel: KernelConfig) => KernelConfig, test: () => Promise<void>) {
  const kernel = getKernel(name, 'cpu');
  unregisterKernel(name, 'cpu');
  registerKernel(breakIt(kernel));
  try {
    await test();
  } finally {
    unregisterKernel(name, 'cpu');
    registerKernel(kernel);
  }
}

/** What TensorFlow's native library does: the rate is taken and not used. */
const ignoringRate = (kernel: KernelConfig): KernelConfig => ({
  ...kernel,
  kernelFunc: (call) => kernel.kernelFunc({ ...call, attrs: { ...call.attrs, dilations: [1, 1] } }),
});

describe('self-test', () => {
  it('passes on a device that computes rightly, and leaves nothing behind', async () => {
    (await cpu().compile(graph, new Map())).dispose();
    const before = memory().numTensors;
    (await cpu().compile(graph, new Map())).dispose();
    expect(memory().numTensors).toBe(before);
  });

  it('names the op family that a device gets wrong', async () => {
    await withBroken('FusedDepthwiseConv2D', ignoringRate, async () => {
      const before = memory().numTensors;
      await expect(cpu().compile(graph, new Map())).rejects.toMatchObject({
        name: 'BackendError',
        code: 'SELF_TEST',
        message: expect.stringContaining('atrous depthwise convolution') as string,
        hint: expect.stringContaining('another runtime') as string,
      });
      expect(memory().numTensors).toBe(before);
    });
  });

  it('fails on results that are not numbers', async () => {
    const toNaN = (kernel: KernelConfig): KernelConfig => ({
      ...kernel,
      kernelFunc: (call) => {
        const result = kernel.kernelFunc(call);
        const { dataId } = Array.isArray(result) ? result[0]! : result;
        const values = (call.backend as unknown as { data: Map<object, { values: Float32Array }> }).data.get(
          dataId,
        )!.values;
        values.fill(NaN);
        return result;
      },
    });
    await withBroken('ResizeBilinear', toNaN, async () => {
      await expect(cpu().compile(graph, new Map())).rejects.toMatchObject({ code: 'SELF_TEST' });
    });
  });
});
