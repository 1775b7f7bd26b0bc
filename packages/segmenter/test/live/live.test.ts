import type { Preprocessing } from '@atrous/core';
import { webgpu, type DeviceNetwork, type InputShapes, type WebGpuRuntime } from '@atrous/runtime-webgpu';
import { prepareInput } from '@atrous/segmenter';
import { createLiveSegmenter, type LiveSegmenterOptions } from '@atrous/segmenter/live';
import { createSegmenter } from '@atrous/segmenter/node';
import { largestDifference } from '@atrous/testing';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { referenceRuntime } from '@atrous/runtime-reference';
import { labelGraph } from '../../src/live/label-graph.ts';
import { fakeCanvas } from '../support/fake-canvas.ts';
import { paint, tinyBundle } from '../support/tiny-bundle.ts';

const runtime = webgpu({ software: true, precision: 'float32' });
const here = await runtime.available();
const why = here.available ? '' : `${here.reason} (${here.hint})`;

const picture = paint(13, 7, (x, y) => [(x * 37) % 256, (y * 61 + x * x) % 256, (x * y * 29) % 256]);

function textureOf(
  { width, height, data }: typeof picture,
  device: GPUDevice,
  format: GPUTextureFormat = 'rgba8unorm',
) {
  const texture = device.createTexture({ size: [width, height], format, usage: 0x6 });
  device.queue.writeTexture({ texture }, data, { bytesPerRow: 4 * width }, [width, height]);
  return texture;
}

/** A runtime that remembers the last network on the device, which does nothing: others would take the room of its inputs. */
function remembering(): { runtime: WebGpuRuntime; network: () => DeviceNetwork } {
  let network: DeviceNetwork | undefined;
  return {
    network: () => network!,
    runtime: {
      ...runtime,
      async compile(...call) {
        const executable = await runtime.compile(...call);
        const onDevice = async (shapes: InputShapes) =>
          (network = { ...(await executable.onDevice(shapes)), encode() {} });
        return { ...executable, onDevice };
      },
    },
  };
}

async function readFloats(device: GPUDevice, from: GPUBuffer): Promise<Float32Array> {
  const buffer = device.createBuffer({ size: from.size, usage: 0x9 });
  const encoder = device.createCommandEncoder();
  encoder.copyBufferToBuffer(from, 0, buffer, 0, from.size);
  device.queue.submit([encoder.finish()]);
  await buffer.mapAsync(1);
  return new Float32Array(buffer.getMappedRange().slice(0));
}

const start = (options: Partial<LiveSegmenterOptions> = {}, screen = fakeCanvas()) =>
  createLiveSegmenter({ bundle: tinyBundle(), canvas: screen.canvas, runtime, ...options });

afterEach(() => vi.restoreAllMocks());
afterAll(() => runtime.dispose());

describe.skipIf(!here.available)(`live ${why}`, () => {
  it.each<[string, Partial<Preprocessing>]>([
    ['pads', { fit: { mode: 'pad', size: [9, 16], value: 99 } }],
    ['shrinks, then pads', { fit: { mode: 'pad', size: [9, 8], value: 99 } }],
    ['stretches', { fit: { mode: 'stretch', size: [17, 5] } }],
    ['brings sides to a multiple', { fit: { mode: 'multiple', of: 4, plus: 1 } }],
    ['orders channels', { channelOrder: 'bgr', mean: [104, 117, 123], std: [1, 2, 3] }],
  ])('gives the network what a segmenter gives it: %s', async (_, preprocessing) => {
    const bundle = tinyBundle(preprocessing);
    const remembered = remembering();
    using live = await start({ bundle, runtime: remembered.runtime });
    expect(await live.draw(textureOf(picture, live.device))).toBe(true);
    const { tensor } = await prepareInput(picture, bundle.preprocessing);
    const [{ buffer, shape }] = Object.values(remembered.network().inputs) as [DeviceNetwork['inputs'][string]];
    expect(shape).toEqual(tensor.shape);
    const given = (await readFloats(live.device, buffer)).subarray(0, tensor.data.length);
    // rounding may decide otherwise where a sum is next to a half
    const least = Math.min(...bundle.preprocessing.std);
    expect(largestDifference(given, tensor.data).value).toBeLessThan(1.001 / least);
    expect(given.filter((value, i) => Math.abs(value - tensor.data[i]!) > 1e-4).length).toBeLessThan(given.length / 50);
  });

  it('paints colours of classes over the picture, and leaves the background as it is', async () => {
    const screen = fakeCanvas();
    const colored = paint(6, 4, (x) => (x < 2 ? [0, 0, 200] : x < 4 ? [0, 0, 0] : [240, 40, 40]));
    using live = await start({ opacity: 0.25 }, screen);
    await live.draw(textureOf(colored, live.device));
    const differs = async (expected: typeof colored) =>
      largestDifference(Float32Array.from(await screen.pixels()), Float32Array.from(expected.data)).value;
    const quarter = paint(6, 4, (x) => (x < 2 ? [0, 0, 214] : x < 4 ? [0, 0, 0] : [244, 30, 30]));
    expect(await differs(quarter)).toBeLessThan(1.1);
    live.opacity = 1;
    await live.draw(textureOf(colored, live.device));
    expect(await differs(paint(6, 4, (x) => (x < 2 ? [0, 0, 255] : x < 4 ? [0, 0, 0] : [255, 0, 0])))).toBeLessThan(
      1.1,
    );
    expect(() => (live.opacity = 1.1)).toThrow('opacity');
    expect(live.opacity).toBe(1);
  });

  it('labels as a segmenter does', async () => {
    const bundle = tinyBundle({ fit: { mode: 'pad', size: [9, 16], value: 0 } }, 2);
    using segmenter = await createSegmenter({ bundle, runtime: referenceRuntime() });
    using live = await start({ bundle });
    await live.draw(textureOf(picture, live.device, 'bgra8unorm'));
    const swapped = paint(13, 7, (x, y) => {
      const [red, green, blue] = picture.data.subarray(4 * (13 * y + x));
      return [blue!, green!, red!];
    });
    const { width, height, labels } = await live.readLabels();
    expect([width, height]).toEqual([13, 7]);
    expect(labels).toEqual((await segmenter.segment(swapped)).labels);
  });

  it('reads nothing back while it draws', async () => {
    using live = await start();
    const texture = textureOf(picture, live.device);
    const buffers: GPUBuffer[] = [];
    const create = live.device.createBuffer.bind(live.device);
    vi.spyOn(live.device, 'createBuffer').mockImplementation((descriptor) => {
      const buffer = create(descriptor);
      buffers.push(buffer);
      return buffer;
    });
    const waits = vi.spyOn(live.device.queue, 'onSubmittedWorkDone');
    for (let frame = 0; frame < 4; frame++) await live.draw(texture);
    const mapped = () => buffers.filter(({ usage }) => (usage & 1) !== 0).length;
    expect([mapped(), waits.mock.calls.length]).toEqual([0, 0]);
    await live.readLabels();
    expect(mapped()).toBe(1);
  });

  it('drops frames that come too early, and goes on', async () => {
    using live = await start();
    const texture = textureOf(picture, live.device);
    expect(await Promise.all([live.draw(texture), live.draw(texture), live.draw(texture)])).toEqual([
      true,
      false,
      false,
    ]);
    expect(await live.draw(texture)).toBe(true);
  });

  it('keeps its memory from frame to frame, changes it with their size, and frees it', async () => {
    const screen = fakeCanvas();
    using live = await start({}, screen);
    await expect(live.readLabels()).rejects.toMatchObject({ code: 'NOTHING_DRAWN' });
    await live.warmUp({ width: 13, height: 7 });
    const { bytes } = live.memory();
    const made = vi.spyOn(live.device, 'createBuffer');
    for (let frame = 0; frame < 5; frame++) await live.draw(textureOf(picture, live.device));
    expect([live.memory().bytes, made.mock.calls.length]).toEqual([bytes, 0]);
    const larger = paint(40, 30, () => [9, 9, 9]);
    await live.draw(textureOf(larger, live.device));
    expect(live.memory().bytes).toBeGreaterThan(bytes);
    await live.draw(textureOf(picture, live.device));
    expect(live.memory().bytes).toBe(bytes);
    live.dispose();
    expect(live.memory()).toEqual({ tensors: 0, bytes: 0 });
    await expect.poll(() => screen.isConfigured()).toBe(false);
    await expect(live.draw(textureOf(picture, live.device))).rejects.toMatchObject({ code: 'DISPOSED' });
  });

  it('says that the device is lost, and stays so', async () => {
    using own = webgpu({ software: true });
    using live = await start({ runtime: own });
    const texture = textureOf(picture, live.device);
    await live.draw(texture);
    live.device.destroy();
    await expect(live.draw(texture)).rejects.toMatchObject({ name: 'BackendError', code: 'DEVICE_LOST' });
    await expect(live.readLabels()).rejects.toMatchObject({ code: 'DEVICE_LOST' });
  });

  it('refuses what it cannot draw, and networks that need a border', async () => {
    using live = await start();
    await expect(live.draw({} as ImageBitmap)).rejects.toMatchObject({ code: 'SOURCE_UNKNOWN' });
    await expect(start({ opacity: 2 })).rejects.toThrow('opacity');
    const { graph, preprocessing } = tinyBundle();
    expect(() => labelGraph(graph, { ...preprocessing, border: 2 })).toThrow(
      expect.objectContaining({ code: 'LIVE_BORDER' }),
    );
    const canvas = { getContext: () => null } as unknown as OffscreenCanvas;
    await expect(start({ canvas })).rejects.toMatchObject({ code: 'NO_CANVAS' });
  });
});
