import { createRandom } from '@atrous/core';
import type { FieldSpec, KernelSpec } from '@atrous/crf';
import { lattice } from '@atrous/crf/lattice';
import { largestDifference } from '@atrous/testing';
import { expect, it } from 'vitest';
import { buildKernel } from '../../src/webgpu/build/build-kernel.ts';
import { createSession } from '../../src/webgpu/session.ts';
import { countVertices } from '../lattice/plain-lattice.ts';
import { describeOnGpu, gpu } from '../support/on-gpu.ts';

/** Features of any dimension, of pixels in one row. */
function randomField(pixels: number, dimensions: number, extent: number): FieldSpec {
  const random = createRandom('build', dimensions);
  const features = Float32Array.from({ length: pixels * dimensions }, () => random.uniform(-extent, extent));
  return { width: pixels, height: 1, kernels: [{ kind: 'features', dimensions, features }] };
}

const ramp = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i));

/** Largest difference of a filtering by both lattices, relative to the largest number. */
async function differenceOf(spec: FieldSpec): Promise<number> {
  using ours = await gpu.prepare(spec);
  using theirs = await lattice().prepare(spec);
  const values = ramp(3 * spec.width * spec.height);
  const [found, expected] = [await ours.filter(0, values, 3), await theirs.filter(0, values, 3)];
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largestDifference(found, expected).value / scale;
}

describeOnGpu('a lattice built on the GPU', () => {
  it.each([1, 2, 3, 5, 8, 16])('has the vertices that features of %i dimensions touch', async (dimensions) => {
    const field = randomField(90, dimensions, 2);
    const [kernel] = field.kernels as [Extract<KernelSpec, { kind: 'features' }>];
    const features = Array.from({ length: 90 }, (_, pixel) => [
      ...kernel.features.subarray(pixel * dimensions, (pixel + 1) * dimensions),
    ]);
    using lender = await gpu.prepare({ ...field, kernels: [] });
    const built = await buildKernel(createSession(lender.device), field, 0);
    expect(built.vertices).toBe(countVertices(features));
    built.buffers.dispose();
    expect(await differenceOf(field)).toBeLessThan(1e-5);
  });

  it('is that of WebAssembly where all pixels share a simplex', async () => {
    const [width, height] = [40, 25];
    const image = { width, height, data: new Uint8Array(3 * width * height) };
    const kernels = [{ kind: 'bilateral', xyStd: 500, rgbStd: 50 }] as const;
    expect(await differenceOf({ width, height, image, kernels })).toBeLessThan(1e-5);
  });

  it('is that of WebAssembly where no two pixels do', async () => {
    expect(await differenceOf(randomField(300, 5, 1000))).toBeLessThan(1e-5);
  });

  it('is that of WebAssembly with more vertices than one round of sorting tells apart', async () => {
    const [width, height] = [64, 48];
    expect(await differenceOf({ width, height, kernels: [{ kind: 'gaussian', xyStd: 1 }] })).toBeLessThan(1e-5);
  });

  it('adds up in the same order every time', async () => {
    const [width, height] = [33, 21];
    const random = createRandom('order');
    const image = { width, height, data: Uint8Array.from({ length: 4 * width * height }, () => random.integer(256)) };
    const spec: FieldSpec = { width, height, image, kernels: [{ kind: 'bilateral', xyStd: 30, rgbStd: 90 }] };
    const values = ramp(5 * width * height);
    const runs = await Promise.all(
      [1, 2, 3].map(async () => {
        using field = await gpu.prepare(spec);
        return await field.filter(0, values, 5);
      }),
    );
    expect(runs[1]).toEqual(runs[0]);
    expect(runs[2]).toEqual(runs[0]);
  });

  it('leaves nothing behind when it is aborted', async () => {
    using field = await gpu.prepare(randomField(90, 3, 2));
    const { bytes } = field.memory;
    const abort = new AbortController();
    const onProgress = () => abort.abort(new Error('enough'));
    await expect(field.update(randomField(90, 5, 2), { signal: abort.signal, onProgress })).rejects.toThrow('enough');
    expect(field.memory.bytes).toBe(bytes);
    expect(await field.filter(0, ramp(90), 1)).toHaveLength(90);
  });
});
