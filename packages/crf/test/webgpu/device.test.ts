import type { FieldSpec } from '@atrous/crf';
import { webgpu, type DeviceProblem, type WebGpuField } from '@atrous/crf/webgpu';
import { largestDifference } from '@atrous/testing';
import { afterEach, expect, it, vi } from 'vitest';
import { describeOnGpu, gpu } from '../support/on-gpu.ts';

const [STORAGE, COPY_TARGET] = [0x80, 0x8];
const [width, height, labels] = [9, 7, 3];
const pixels = width * height;
const wave = (length: number, frequency: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, i) => 2 + 2 * Math.sin(i * frequency));
const image = { width, height, data: Uint8Array.from({ length: pixels * 3 }, (_, i) => (i * i * 3) % 256) };
const spec: FieldSpec = {
  ...{ width, height, image },
  kernels: [
    { kind: 'gaussian', xyStd: 2 },
    { kind: 'bilateral', xyStd: 6, rgbStd: 60 },
  ],
};
const unary = wave(pixels * labels, 5.3);
const problem = { labels, unary, compatibilities: [2, 3], iterations: 4 };

/** A buffer with some numbers, behind others. */
function bufferOf({ device }: WebGpuField, numbers: Float32Array<ArrayBuffer>, offset = 0, usage = STORAGE): GPUBuffer {
  const buffer = device.createBuffer({ size: offset + numbers.byteLength, usage: usage | COPY_TARGET });
  device.queue.writeBuffer(buffer, offset, numbers);
  return buffer;
}

afterEach(() => vi.restoreAllMocks());

describeOnGpu('what stays on the device', () => {
  it('is the unary, wherever it begins', async () => {
    using field = await gpu.prepare(spec);
    const expected = (await field.infer(problem)).marginals;
    for (const offset of [0, 512]) {
      const buffer = bufferOf(field, unary, offset);
      using inference = await field.inferOnDevice({ ...problem, unary: { buffer, offset } });
      expect(await inference.readMarginals()).toEqual(expected);
      expect(inference.iterations).toBe(4);
      buffer.destroy();
    }
  });

  it.each(['logits', 'probabilities'] as const)('may be %s', async (holds) => {
    using field = await gpu.prepare(spec);
    using expected = await field.inferOnDevice(problem);
    // probabilities that do not sum to 1 are those that do, to mean field
    const numbers = unary.map((energy) => (holds === 'logits' ? -energy : Math.exp(-energy)));
    const buffer = bufferOf(field, numbers);
    using inference = await field.inferOnDevice({ ...problem, unary: { buffer, holds } });
    const [found, wanted] = [await inference.readMarginals(), await expected.readMarginals()];
    expect(largestDifference(found, wanted).value).toBeLessThan(1e-5);
    buffer.destroy();
  });

  it('is the result, of which labels alone may be read', async () => {
    using field = await gpu.prepare(spec);
    using inference = await field.inferOnDevice(problem);
    // the field goes on without it
    await field.infer({ ...problem, iterations: 0 });
    const [marginals, found] = await Promise.all([inference.readMarginals(), inference.readLabels()]);
    const rows = Array.from(found, (_, pixel) => marginals.subarray(pixel * labels, (pixel + 1) * labels));
    expect([...found]).toEqual(rows.map((row) => row.indexOf(Math.max(...row))));
    expect(new Set(found).size).toBeGreaterThan(1);
    expect(inference.marginals.size).toBe(4 * pixels * labels);
  });

  it('is the unary of the next inference', async () => {
    using field = await gpu.prepare(spec);
    using first = await field.inferOnDevice(problem);
    using second = await field.inferOnDevice({
      ...problem,
      unary: { buffer: first.marginals, holds: 'probabilities' },
    });
    const sharper = (await second.readMarginals()).map((share) => share * share).reduce((sum, one) => sum + one, 0);
    const before = (await first.readMarginals()).map((share) => share * share).reduce((sum, one) => sum + one, 0);
    expect(sharper).toBeGreaterThan(before);
  });

  it('takes the lowest of equal labels', async () => {
    using field = await gpu.prepare({ ...spec, kernels: [] });
    using inference = await field.inferOnDevice({
      ...{ labels, iterations: 0, compatibilities: [] },
      unary: Float32Array.from({ length: pixels * labels }, (_, i) => (i % labels === 0 ? 1 : 0)),
    });
    expect(new Set(await inference.readLabels())).toEqual(new Set([1]));
  });

  it('is of no use once it is disposed', async () => {
    using field = await gpu.prepare(spec);
    const inference = await field.inferOnDevice(problem);
    const reading = inference.readLabels();
    inference.dispose();
    inference.dispose();
    await expect(reading).resolves.toHaveLength(pixels);
    await expect(inference.readLabels()).rejects.toMatchObject({ code: 'DISPOSED' });
  });
});

describeOnGpu('bad input on the device', () => {
  const refuses = async (changes: (field: WebGpuField) => Partial<DeviceProblem>, message: string): Promise<void> => {
    using field = await gpu.prepare(spec);
    const error: unknown = await field.inferOnDevice({ ...problem, ...changes(field) }).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'ShapeError', code: 'SHAPE' });
    expect((error as Error).message).toContain(message);
  };

  it('is a buffer that is too small', () =>
    refuses((field) => ({ unary: { buffer: bufferOf(field, unary.slice(1)) } }), '752 bytes, expected 756'));
  it('is an offset that cannot be bound', () =>
    refuses((field) => ({ unary: { buffer: bufferOf(field, unary, 4), offset: 4 } }), 'multiple of 256'));
  it('is a buffer that shaders cannot read', () =>
    refuses((field) => ({ unary: { buffer: bufferOf(field, unary, 0, 0) } }), 'STORAGE'));
  it('is an array of another size', () => refuses(() => ({ unary: unary.slice(1) }), '188 numbers'));
  it('is one label', () => refuses(() => ({ labels: 1 }), '1 labels'));
  it('is a weight too many', () => refuses(() => ({ compatibilities: [1, 2, 3] }), '3 weights for 2 kernels'));
  it('is half an iteration', () => refuses(() => ({ iterations: 0.5 }), '0.5 iterations'));

  it('is a buffer of another device', async () => {
    using field = await gpu.prepare(spec);
    using other = await webgpu({ software: true }).prepare(spec);
    const foreign = field.inferOnDevice({ ...problem, unary: { buffer: bufferOf(other, unary) } });
    await expect(foreign).rejects.toMatchObject({ name: 'BackendError', code: 'BACKEND' });
    expect((await field.infer(problem)).iterations).toBe(4);
  });

  it('is a picture that does not fit, and the engine goes on with others', async () => {
    using field = await gpu.prepare(spec);
    const most = field.device.limits.maxStorageBufferBindingSize;
    const huge = { width: Math.ceil(most / 1024) + 1, height: 1, kernels: [] };
    using wide = await gpu.prepare(huge);
    const call = { labels: 256, iterations: 0, compatibilities: [] };
    const buffer = bufferOf(field, unary);
    vi.spyOn(buffer, 'size', 'get').mockReturnValue(2 * most);
    const tooLarge = wide.inferOnDevice({ ...call, unary: { buffer } });
    await expect(tooLarge).rejects.toMatchObject({ name: 'BackendError', code: 'OUT_OF_MEMORY' });
    expect((await field.infer(problem)).iterations).toBe(4);
  });
});

describeOnGpu('the device', () => {
  it('is reported when it is lost; the next field gets a new one', async () => {
    const engine = webgpu({ software: true });
    using field = await engine.prepare(spec);
    using inference = await field.inferOnDevice(problem);
    field.device.destroy();
    await expect(field.infer(problem)).rejects.toMatchObject({ name: 'BackendError', code: 'DEVICE_LOST' });
    await expect(inference.readLabels()).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    using again = await engine.prepare(spec);
    expect(again.device).not.toBe(field.device);
    expect((await again.infer(problem)).iterations).toBe(4);
    await expect(field.update(spec)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is reported when it is lost while it computes', async () => {
    using field = await webgpu({ software: true }).prepare(spec);
    const onProgress = () => field.device.destroy();
    const running = field.infer({ ...problem, iterations: 100_000 }, { onProgress });
    await expect(running).rejects.toMatchObject({ name: 'BackendError', code: 'DEVICE_LOST' });
  });

  it('may be the caller’s, with which the engine ends', async () => {
    using lender = await webgpu({ software: true }).prepare(spec);
    const engine = webgpu({ device: lender.device });
    expect(await engine.available()).toMatchObject({ available: true });
    const field = await engine.prepare(spec);
    expect(field.device).toBe(lender.device);
    const expected = (await lender.infer(problem)).marginals;
    expect((await field.infer(problem)).marginals).toEqual(expected);
    field.dispose();
    expect((await lender.infer(problem)).marginals).toEqual(expected);
    lender.device.destroy();
    await expect(engine.prepare(spec)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is one for fields that are prepared at once', async () => {
    const engine = webgpu({ software: true });
    const [one, other] = await Promise.all([engine.prepare(spec), engine.prepare(spec)]);
    expect(one.device).toBe(other.device);
  });

  it('is given back once nobody needs it, and asked for again', async () => {
    const engine = webgpu({ software: true });
    const field = await engine.prepare(spec);
    const running = field.infer(problem);
    engine.dispose();
    expect((await running).iterations).toBe(4);
    using other = await engine.prepare(spec);
    expect(other.device).not.toBe(field.device);
    field.dispose();
    await expect(field.device.lost).resolves.toMatchObject({ reason: 'destroyed' });
    expect((await other.infer(problem)).iterations).toBe(4);
  });

  it('has as many buffers after a thousand runs as before', async () => {
    using field = await gpu.prepare(spec);
    let alive = 0;
    const create = field.device.createBuffer.bind(field.device);
    vi.spyOn(field.device, 'createBuffer').mockImplementation((descriptor) => {
      const buffer = create(descriptor);
      const destroy = buffer.destroy.bind(buffer);
      alive++;
      vi.spyOn(buffer, 'destroy').mockImplementation(() => {
        alive--;
        destroy();
      });
      return buffer;
    });
    const run = async (): Promise<void> => {
      using inference = await field.inferOnDevice({ ...problem, iterations: 1 });
      await inference.readLabels();
    };
    await run();
    const before = alive;
    for (let i = 0; i < 1000; i++) await run();
    await vi.waitFor(() => expect(alive).toBe(before));
    using other = await gpu.prepare(spec);
    await other.infer(problem);
    expect(alive).toBeGreaterThan(before);
    other.dispose();
    expect(alive).toBe(before);
  });
});
