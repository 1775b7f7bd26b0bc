import { createGraphBuilder } from '@atrous/core';
import { referenceRuntime } from '@atrous/runtime-reference';
import { testRuntime } from '@atrous/testing';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { webgpu } from '../src/webgpu.ts';

const runtime = webgpu();
const here = await runtime.available();

if (here.available) {
  testRuntime(runtime, { reference: referenceRuntime(), tolerance: 2e-5 });

  describe('the device', () => {
    const builder = createGraphBuilder();
    const image = builder.input();
    const graph = builder.build({ y: builder.activation(image, 'relu') });
    const huge = builder.build({
      y: builder.resizeBilinear(image, { corners: 'alignCorners', size: [60_000, 60_000] }),
    });
    const pixel = { shape: [1, 1, 1, 3], data: Float32Array.of(-1, 0, 2) };

    it('is named', () => {
      expect(here.detail).not.toBe('');
    });

    it('refuses tensors that are too large, and goes on with others', async () => {
      using tooLarge = await runtime.compile(huge, new Map());
      await expect(tooLarge.run(pixel)).rejects.toMatchObject({ name: 'BackendError', code: 'OUT_OF_MEMORY' });
      using executable = await runtime.compile(graph, new Map());
      expect([...((await executable.run(pixel)).y?.data ?? [])]).toEqual([0, 0, 2]);
    });

    it('is reported when it is lost; the next compile gets a new one', async () => {
      using executable = await runtime.compile(graph, new Map());
      (backend() as WebGPUBackend).device.destroy();
      await expect(executable.run(pixel)).rejects.toMatchObject({ name: 'BackendError', code: 'DEVICE_LOST' });
      using again = await runtime.compile(graph, new Map());
      expect([...((await again.run(pixel)).y?.data ?? [])]).toEqual([0, 0, 2]);
      await expect(executable.run(pixel)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    });
  });
} else {
  const notice = `${here.reason} (${here.hint}); software GPU: node tools/headless/with-swiftshader.js npx vitest run`;
  console.warn(`webgpu is not tested: ${notice}`);
  describe.skip('runtime "webgpu"', () => it(notice));
}
