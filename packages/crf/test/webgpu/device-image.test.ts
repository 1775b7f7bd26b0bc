import { ShapeError } from '@atrous/core';
import { expect, it } from 'vitest';
import type { WebGpuField } from '../../src/webgpu/webgpu.ts';
import { describeOnGpu, gpu } from '../support/on-gpu.ts';

const [COPY_TARGET, TEXTURE_BINDING] = [0x2, 0x4];
const [width, height, labels] = [37, 23, 3];
const pixels = width * height;
const kernels = [
  { kind: 'gaussian', xyStd: 2 },
  { kind: 'bilateral', xyStd: [6, 9], rgbStd: [60, 3, 7] },
] as const;
const problem = {
  ...{ labels, compatibilities: [2, 3], iterations: 3 },
  unary: Float32Array.from({ length: pixels * labels }, (_, i) => 2 + 2 * Math.sin(i * 5.3)),
};

/** All steps of all colours, and any alpha. */
const picture = (seed: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: pixels * 4 }, (_, i) => (i * (i + seed)) % 256);

function write(device: GPUDevice, texture: GPUTexture, data: Uint8Array<ArrayBuffer>): void {
  // red and blue change places
  const bytes = texture.format.startsWith('bgra')
    ? data.map((_, i) => data[i % 4 === 3 ? i : i + 2 - 2 * (i % 4)]!)
    : data;
  device.queue.writeTexture({ texture }, bytes, { bytesPerRow: 4 * width }, [width, height]);
}

const textureOf = ({ device }: WebGpuField, format: GPUTextureFormat = 'rgba8unorm', more = {}): GPUTexture =>
  device.createTexture({ size: [width, height], format, usage: COPY_TARGET | TEXTURE_BINDING, ...more });

const onHost = (data: Uint8Array) => ({ width, height, kernels, image: { width, height, data } });

describeOnGpu('a picture on the device', () => {
  it.each(['rgba8unorm', 'bgra8unorm'] as const)('in %s gives what one in memory does', async (format) => {
    using field = await gpu.prepare(onHost(picture(1)));
    const [first, second] = [(await field.infer(problem)).marginals, picture(8)];
    const texture = textureOf(field, format);
    write(field.device, texture, picture(1));
    await field.update({ width, height, kernels, image: { texture } });
    expect((await field.infer(problem)).marginals).toEqual(first);
    write(field.device, texture, second);
    await field.update({ width, height, kernels, image: { texture } });
    const found = (await field.infer(problem)).marginals;
    expect(found).not.toEqual(first);
    await field.update(onHost(second));
    expect((await field.infer(problem)).marginals).toEqual(found);
    texture.destroy();
  });

  it.each([
    ['37×23 pixels, the field 37×22', {}, { height: 22 }],
    ['rgba16float', { format: 'rgba16float' }, {}],
    ['TEXTURE_BINDING', { usage: COPY_TARGET }, {}],
  ])('is refused with "%s"', async (message, more, size) => {
    using field = await gpu.prepare(onHost(picture(1)));
    const texture = textureOf(field, 'rgba8unorm', more);
    const error: unknown = await field
      .update({ width, height, ...size, kernels, image: { texture } })
      .catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ShapeError);
    expect((error as Error).message).toContain(message);
    // and the field is as it was
    expect((await field.infer(problem)).iterations).toBe(3);
    texture.destroy();
  });
});
