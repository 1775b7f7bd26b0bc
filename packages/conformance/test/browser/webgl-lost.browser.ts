import { createGraphBuilder } from '@atrous/core';
import { webgl } from '@atrous/runtime-tfjs/webgl';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend } from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';

const builder = createGraphBuilder();
const graph = builder.build({ y: builder.activation(builder.input(), 'relu') });
const pixels = { shape: [1, 10, 10, 3], data: new Float32Array(300).fill(-1, 0, 150).fill(2, 150) };

it('a WebGL context that the browser takes away is reported, and the next compile gets another', async () => {
  const runtime = webgl({ software: true });
  const executable = await runtime.compile(graph, new Map());
  expect((await executable.run(pixels)).y?.data[299]).toBe(2);
  (backend() as MathBackendWebGL).gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
  await expect(executable.run(pixels)).rejects.toMatchObject({ name: 'BackendError', code: 'DEVICE_LOST' });
  const again = await runtime.compile(graph, new Map());
  const { y } = await again.run(pixels);
  expect(y?.data[0]).toBeCloseTo(0);
  expect(y?.data[299]).toBe(2);
  await expect(executable.run(pixels)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  executable.dispose();
  again.dispose();
});
