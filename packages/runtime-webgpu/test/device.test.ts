import { createGraphBuilder, defineOp } from '@atrous/core';
import { afterEach, expect, it, vi } from 'vitest';
import { findGpu, requestAdapter } from '@atrous/platform/gpu';
import { ADVICE } from '../src/device/advice.ts';
import { webgpu } from '../src/webgpu.ts';
import { randomTensor, smallNetwork } from '@atrous/testing/small-network';
import { describeOnGpu, runtime } from './support/on-gpu.ts';

const { graph, weights } = smallNetwork();
const builder = createGraphBuilder();
const image = builder.input();
const rectified = builder.build({ y: builder.activation(image, 'relu') });
const pixel = { shape: [1, 1, 1, 3], data: Float32Array.of(-1, 0, 2) };

/** Held, because in Node devices end with it. */
let gpu: GPU | undefined;

async function requestDevice(): Promise<GPUDevice> {
  gpu ??= await findGpu(true, ADVICE);
  const adapter = await requestAdapter(gpu, { powerPreference: 'low-power', software: true }, ADVICE);
  return adapter.requestDevice();
}

/** Buffers that are made and destroyed from now on. */
function countBuffers(device: GPUDevice) {
  const count = { alive: 0, bytes: 0 };
  const create = device.createBuffer.bind(device);
  vi.spyOn(device, 'createBuffer').mockImplementation((descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    count.alive++;
    count.bytes += buffer.size;
    buffer.destroy = () => {
      count.alive--;
      count.bytes -= buffer.size;
      return destroy();
    };
    return buffer;
  });
  return count;
}

afterEach(() => vi.restoreAllMocks());

describeOnGpu('the device', () => {
  it('has every buffer that memory() tells, and none when all is disposed', async () => {
    const device = await requestDevice();
    const count = countBuffers(device);
    using borrowing = webgpu({ device, precision: 'float32' });
    for (let round = 0; round < 3; round++) {
      const executable = await borrowing.compile(graph, weights);
      for (const side of [20, 31, 20, 20]) {
        await executable.run(randomTensor('photo', [1, side, side, 3]));
        expect(executable.memory().bytes).toBe(count.bytes);
      }
      const last = executable.run(randomTensor('photo', [1, 20, 20, 3]));
      executable.dispose();
      await expect(last).rejects.toMatchObject({ code: 'DISPOSED' });
      await expect.poll(() => count.alive).toBe(0);
    }
    const controller = new AbortController();
    const compiling = borrowing.compile(graph, weights, {
      signal: controller.signal,
      onProgress: ({ completed, total }) => completed === total && controller.abort(new Error('enough')),
    });
    await expect(compiling).rejects.toThrow('enough');
    expect(count.alive).toBe(0);
    device.destroy();
  });

  it('is ready for the first image after warmUp', async () => {
    const device = await requestDevice();
    using executable = await webgpu({ device }).compile(graph, weights);
    await executable.warmUp({ image: [1, 20, 20, 3] });
    const made = (['createBuffer', 'createBindGroup', 'createComputePipelineAsync'] as const).map((name) =>
      vi.spyOn(device, name),
    );
    await executable.run(randomTensor('photo', [1, 20, 20, 3]));
    // of the buffer that results are read from
    expect(made.map((spy) => spy.mock.calls.length)).toEqual([1, 0, 0]);
    await expect(executable.warmUp({ image: [1, 20, 20, 4] })).rejects.toMatchObject({ code: 'INPUT_SHAPE' });
    device.destroy();
  });

  it('is ready once a network of a fixed size is compiled', async () => {
    const b = createGraphBuilder();
    const fixed = b.build({ y: b.activation(b.input({ shape: [1, 1, 1, 3] }), 'relu') });
    using executable = await runtime.compile(fixed, new Map());
    const compiled = vi.spyOn(executable.device, 'createComputePipelineAsync');
    const bound = vi.spyOn(executable.device, 'createBindGroup');
    expect([...(await executable.run(pixel)).y!.data]).toEqual([0, 0, 2]);
    expect([compiled.mock.calls.length, bound.mock.calls.length]).toEqual([0, 0]);
  });

  it('computes on buffers that are filled and read there', async () => {
    const device = await requestDevice();
    const count = countBuffers(device);
    using executable = await webgpu({ device, precision: 'float32' }).compile(graph, weights);
    const photo = randomTensor('photo', [1, 20, 20, 3]);
    const expected = await executable.run(photo);
    const network = await executable.onDevice({ image: photo.shape });
    const alive = count.alive;
    device.queue.writeBuffer(network.inputs['image']!.buffer, 0, photo.data);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    network.encode(pass);
    pass.end();
    const { buffer, shape, type } = network.outputs['labels']!;
    const staging = device.createBuffer({ size: 400, usage: 0x9 });
    encoder.copyBufferToBuffer(buffer, 0, staging, 0, 400);
    device.queue.submit([encoder.finish()]);
    await staging.mapAsync(1);
    expect([shape, type]).toEqual([[1, 20, 20, 1], { idsPerWord: 4 }]);
    expect(Int32Array.from(new Uint8Array(staging.getMappedRange()))).toEqual(expected.labels!.data);
    staging.destroy();
    network.dispose();
    expect(count.alive).toBeLessThan(alive);
    expect(executable.memory().bytes).toBe(count.bytes);
    device.destroy();
  });

  it('refuses networks with custom ops on buffers', async () => {
    const op = defineOp({ name: 'same', description: '', inferShape: ([x]) => x!, reference: ([x]) => x! });
    const b = createGraphBuilder({ ops: [op] });
    const custom = b.build({ y: b.custom(op, [b.input()], { name: 'same' }) });
    using executable = await runtime.compile(custom, new Map(), { ops: [op] });
    const before = executable.memory();
    await expect(executable.onDevice({ image: [1, 4, 4, 3] })).rejects.toMatchObject({ name: 'UnsupportedError' });
    expect(executable.memory()).toEqual(before);
  });

  it('refuses maps that are too large, and goes on with others', async () => {
    const b = createGraphBuilder();
    const large = b.resizeBilinear(b.input(), { corners: 'alignCorners', size: [60_000, 60_000] });
    using tooLarge = await runtime.compile(b.build({ y: large }), new Map());
    await expect(tooLarge.run(pixel)).rejects.toMatchObject({ name: 'BackendError', code: 'OUT_OF_MEMORY' });
    using executable = await runtime.compile(rectified, new Map());
    expect([...(await executable.run(pixel)).y!.data]).toEqual([0, 0, 2]);
  });

  it('is reported when it is lost', async () => {
    const device = await requestDevice();
    const borrowing = webgpu({ device });
    using executable = await borrowing.compile(rectified, new Map());
    const running = executable.run(pixel);
    device.destroy();
    await expect(running).rejects.toMatchObject({ name: 'BackendError', code: 'DEVICE_LOST' });
    await expect(executable.run(pixel)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    await expect(borrowing.compile(rectified, new Map())).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('is a new one after the runtime gave its own back', async () => {
    using own = webgpu({ software: true });
    using executable = await own.compile(rectified, new Map());
    own.dispose();
    await expect(executable.run(pixel)).rejects.toMatchObject({ code: 'DEVICE_LOST' });
    using again = await own.compile(rectified, new Map());
    expect([...(await again.run(pixel)).y!.data]).toEqual([0, 0, 2]);
  });

  it('in software is refused unless it was asked for', async () => {
    const here = await webgpu().available();
    expect(here).toMatchObject({ available: false, hint: expect.stringContaining('software: true') as unknown });
  });
});
