import { webgpu } from '@atrous/runtime-webgpu';
import { createLiveSegmenter, type LiveSource } from '@atrous/segmenter/live';
import { fakeCanvas } from './fake-canvas.ts';
import { tinyBundle } from './tiny-bundle.ts';

/** Calls by which a program waits for, or takes back, what the GPU computes. */
interface Waits {
  mapAsync: number;
  copiesToMapped: number;
  onSubmittedWorkDone: number;
}

/** Counts them from now on. */
function countWaits(): Waits {
  const waits: Waits = { mapAsync: 0, copiesToMapped: 0, onSubmittedWorkDone: 0 };
  const before = <T extends object>(prototype: T, name: keyof T, look: (call: readonly unknown[]) => void): void => {
    const original = prototype[name] as (...call: unknown[]) => unknown;
    const counting = function (this: unknown, ...call: unknown[]): unknown {
      look(call);
      return original.apply(this, call);
    };
    Object.defineProperty(prototype, name, { value: counting });
  };
  before(GPUBuffer.prototype, 'mapAsync', () => waits.mapAsync++);
  before(GPUQueue.prototype, 'onSubmittedWorkDone', () => waits.onSubmittedWorkDone++);
  before(GPUCommandEncoder.prototype, 'copyBufferToBuffer', (call) => {
    const buffers = call.filter((one) => one instanceof GPUBuffer);
    if (buffers.some(({ usage }) => (usage & GPUBufferUsage.MAP_READ) !== 0)) waits.copiesToMapped++;
  });
  return waits;
}

/** Blue in its left third, grey elsewhere, red at the bottom right. */
function pictureOf(width: number, height: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const fill = (color: string, x: number, y: number): void => {
    context.fillStyle = color;
    context.fillRect(x * width, y * height, width, height);
  };
  fill('#202020', 0, 0);
  fill('#f02020', 1 / 3, 1 / 2);
  fill('#2020f0', -2 / 3, 0);
  return canvas;
}

/** Draws one kind of source after the other, and shows the last on the page's canvas. */
export async function drawAll() {
  const { canvas, pixels } = fakeCanvas();
  const bundle = tinyBundle({ fit: { mode: 'pad', size: [33, 33], value: 0 } });
  const live = await createLiveSegmenter({ bundle, canvas, runtime: webgpu({ software: true }), opacity: 0.6 });
  const picture = pictureOf(96, 64);
  // a VideoFrame crashes Chromium's software GPU
  const sources: Readonly<Record<string, LiveSource>> = {
    OffscreenCanvas: picture,
    ImageBitmap: await createImageBitmap(picture),
  };
  const waits = countWaits();
  const seen = [];
  for (const source of Object.values(sources)) {
    Object.assign(waits, { mapAsync: 0, copiesToMapped: 0, onSubmittedWorkDone: 0 });
    const drawn = [await live.draw(source), await live.draw(source)];
    const whileDrawing = { ...waits };
    const { width, height, labels } = await live.readLabels();
    const at = (x: number, y: number) => labels[Math.floor(y * height) * width + Math.floor(x * width)];
    const corners = [at(0.1, 0.2), at(0.7, 0.2), at(0.1, 0.8), at(0.7, 0.8)];
    seen.push({ drawn, whileDrawing, corners, afterwards: { ...waits } });
  }
  const shown = Object.assign(document.querySelector('canvas')!, { width: canvas.width, height: canvas.height });
  shown.getContext('2d')!.putImageData(new ImageData(await pixels(), canvas.width, canvas.height), 0, 0);
  return seen;
}
