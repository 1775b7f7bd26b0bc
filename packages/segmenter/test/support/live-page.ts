import { webgpu } from '@atrous/runtime-webgpu';
import { createLiveSegmenter, type LiveSegmenter, type LiveSource } from '@atrous/segmenter/live';
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

/** The picture as a texture, whose numbers the program itself wrote. */
function textureOf(picture: OffscreenCanvas, device: GPUDevice): GPUTexture {
  const { width, height } = picture;
  const { data } = picture.getContext('2d')!.getImageData(0, 0, width, height);
  const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST;
  const texture = device.createTexture({ size: [width, height], format: 'rgba8unorm', usage });
  device.queue.writeTexture({ texture }, data, { bytesPerRow: 4 * width }, [width, height]);
  return texture;
}

function canvasOf(picture: OffscreenCanvas): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
  canvas.getContext('2d')!.drawImage(picture, 0, 0);
  return canvas;
}

async function imageOf(picture: OffscreenCanvas): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = URL.createObjectURL(await picture.convertToBlob());
  await image.decode();
  return image;
}

/** A video that shows the picture, as one shows a camera. */
async function videoOf(picture: OffscreenCanvas): Promise<HTMLVideoElement> {
  const canvas = canvasOf(picture);
  const video = Object.assign(document.createElement('video'), { muted: true, srcObject: canvas.captureStream() });
  const again = setInterval(() => canvas.getContext('2d')!.drawImage(picture, 0, 0), 20);
  await video.play();
  clearInterval(again);
  return video;
}

const waits = countWaits();

/** Shows the page's canvas and makes the picture every kind of source. */
export async function start(): Promise<readonly string[]> {
  const canvas = document.querySelector('canvas')!;
  const bundle = tinyBundle({ fit: { mode: 'pad', size: [33, 33], value: 0 } });
  live = await createLiveSegmenter({ bundle, canvas, runtime: webgpu({ software: true }), opacity: 0.6 });
  const picture = pictureOf(96, 64);
  sources = {
    GPUTexture: textureOf(picture, live.device),
    OffscreenCanvas: picture,
    HTMLCanvasElement: canvasOf(picture),
    HTMLImageElement: await imageOf(picture),
    ImageBitmap: await createImageBitmap(picture),
    VideoFrame: new VideoFrame(picture, { timestamp: 0 }),
    HTMLVideoElement: await videoOf(picture),
  };
  return Object.keys(sources);
}

let live: LiveSegmenter;
let sources: Readonly<Record<string, LiveSource>>;

/** Draws a kind of source twice, then reads its labels, and tells what was waited for in the meantime. */
export async function draw(name: string) {
  const source = sources[name]!;
  Object.assign(waits, { mapAsync: 0, copiesToMapped: 0, onSubmittedWorkDone: 0 });
  const drawn = [await live.draw(source), await live.draw(source)];
  const whileDrawing = { ...waits };
  const { width, height, labels } = await live.readLabels();
  const at = (x: number, y: number) => labels[Math.floor(y * height) * width + Math.floor(x * width)];
  const corners = [at(0.1, 0.2), at(0.7, 0.2), at(0.1, 0.8), at(0.7, 0.8)];
  return { drawn, whileDrawing, corners, afterwards: { ...waits } };
}
