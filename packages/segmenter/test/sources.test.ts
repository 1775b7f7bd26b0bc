import { encodePng } from '@atrous/data';
import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter, type ImageSource } from '@atrous/segmenter';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { paint, tinyBundle } from './support/tiny-bundle.ts';

const runtime = referenceRuntime();
const picture = paint(3, 2, (x) => (x === 1 ? [255, 0, 0] : [0, 0, 255]));
const expected = Uint8Array.of(3, 1, 3, 3, 1, 3);

async function segment(source: unknown) {
  using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
  return segmenter.segment(source as ImageSource);
}

/** A canvas that knows how to draw things which carry their pixels under `pixels`. Counts what is drawn at once. */
function stubCanvas({ tainted = false } = {}) {
  const strips: number[] = [];
  class Canvas {
    width: number;
    height: number;
    data: Uint8ClampedArray;
    constructor(width: number, height: number) {
      this.width = width;
      this.height = height;
      this.data = new Uint8ClampedArray(width * height * 4);
      strips.push(width * height);
    }
    getContext() {
      return {
        fillRect: () => this.data.fill(255),
        drawImage: ({ pixels }: { pixels: typeof picture }, _x: number, y: number) => {
          const from = -y * this.width * 4;
          this.data.set(pixels.data.subarray(from, from + this.data.length));
        },
        getImageData: (_x: number, _y: number, width: number, height: number) => {
          if (tainted) throw new Error('SecurityError');
          return { data: this.data.subarray(0, width * height * 4) };
        },
      };
    }
  }
  vi.stubGlobal('OffscreenCanvas', Canvas);
  return strips;
}

afterEach(() => vi.unstubAllGlobals());

describe('arrays', () => {
  const rgb = Float32Array.from([...picture.data].filter((_, index) => index % 4 < 3));

  it.each<[string, ImageSource]>([
    ['an RGBA image', picture],
    ['one in a Buffer', { ...picture, data: Buffer.from(picture.data) }],
    ['a tensor [h, w, 3]', { shape: [2, 3, 3], data: rgb }],
    ['a tensor [1, h, w, 3]', { shape: [1, 2, 3, 3], data: rgb }],
    ['a tensor of integers', { shape: [2, 3, 3], data: Int32Array.from(rgb) }],
  ])('takes %s', async (_, source) => {
    const segmentation = await segment(source);
    expect(segmentation.labels).toEqual(expected);
    expect(segmentation.overlay({ opacity: 0 }).data).toEqual(picture.data);
  });

  it.each([
    ['a batch', { shape: [2, 1, 1, 3], data: new Float32Array(6) }, 'SOURCE_SHAPE'],
    ['a tensor of four channels', { shape: [1, 1, 4], data: new Float32Array(4) }, 'SOURCE_SHAPE'],
    ['an empty tensor', { shape: [0, 1, 3], data: new Float32Array(0) }, 'SOURCE_EMPTY'],
    ['a tensor that is cut short', { shape: [2, 1, 3], data: new Float32Array(3) }, 'SOURCE_SIZE'],
    ['an empty image', { width: 0, height: 3, data: new Uint8ClampedArray() }, 'SOURCE_EMPTY'],
    ['an image without alpha', { width: 1, height: 1, data: new Uint8ClampedArray(3) }, 'SOURCE_SIZE'],
    ['half a pixel', { width: 0.5, height: 2, data: new Uint8ClampedArray(4) }, 'SOURCE_SIZE'],
  ])('refuses %s', async (_, source, code) => {
    await expect(segment(source)).rejects.toMatchObject({ name: 'DataError', code });
  });
});

describe('drawables', () => {
  const close = () => undefined;
  it.each([
    ['an image element', { naturalWidth: 3, naturalHeight: 2, width: 30, height: 20, complete: true }],
    ['a video', { videoWidth: 3, videoHeight: 2, width: 0, height: 0, readyState: 2 }],
    ['a video frame', { displayWidth: 3, displayHeight: 2, codedWidth: 16, codedHeight: 16, close }],
    ['a canvas', { width: 3, height: 2, getContext: close }],
    ['an image bitmap', { width: 3, height: 2, close }],
  ])('takes %s', async (_, source) => {
    stubCanvas();
    expect((await segment({ ...source, pixels: picture })).labels).toEqual(expected);
  });

  it('reads them when called, not when it is their turn', async () => {
    stubCanvas();
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime });
    const video = { videoWidth: 3, videoHeight: 2, readyState: 4, pixels: picture };
    const first = segmenter.segment(picture);
    const second = segmenter.segment(video as unknown as ImageSource);
    video.pixels = paint(3, 2, () => [0, 255, 0]);
    await first;
    expect((await second).labels).toEqual(expected);
  });

  it('reads large ones in strips that every canvas can hold', async () => {
    const strips = stubCanvas();
    const large = paint(2100, 2000, (x, y) => (y < 1950 ? [255, 0, 0] : [0, 0, x % 256]));
    const segmentation = await segment({ width: 2100, height: 2000, close, pixels: large });
    const { data } = segmentation.overlay({ opacity: 0 });
    expect(data.every((value, index) => value === large.data[index])).toBe(true);
    expect(strips).toHaveLength(1);
    expect(strips[0]).toBeLessThanOrEqual(4_000_000);
  });

  it.each([
    ['a video without data', { videoWidth: 3, videoHeight: 2, readyState: 1 }, 'SOURCE_NOT_READY'],
    ['an image that is loading', { naturalWidth: 0, naturalHeight: 0, complete: false }, 'SOURCE_NOT_READY'],
    ['an image that failed', { naturalWidth: 0, naturalHeight: 0, complete: true }, 'SOURCE_EMPTY'],
    ['a closed bitmap', { width: 0, height: 0, close }, 'SOURCE_EMPTY'],
    ['a frame that was closed', { displayWidth: 0, displayHeight: 0, close }, 'SOURCE_EMPTY'],
  ])('refuses %s', async (_, source, code) => {
    stubCanvas();
    await expect(segment(source)).rejects.toMatchObject({ name: 'DataError', code });
  });

  it('says so when the page may not read a picture', async () => {
    stubCanvas({ tainted: true });
    await expect(segment({ width: 3, height: 2, close, pixels: picture })).rejects.toMatchObject({
      code: 'SOURCE_TAINTED',
    });
  });

  it('says so when there is no canvas', async () => {
    await expect(segment({ width: 3, height: 2, close })).rejects.toMatchObject({ code: 'NO_CANVAS' });
  });
});

describe('files', () => {
  const png = encodePng(picture);

  it.each([
    ['a Blob', new Blob([png], { type: 'image/png' })],
    ['bytes', png],
    ['an ArrayBuffer', png.buffer.slice(png.byteOffset, png.byteOffset + png.byteLength)],
  ])('hands %s to the browser and closes what it gets', async (_, source) => {
    stubCanvas();
    const close = vi.fn();
    const decode = vi.fn(async (blob: Blob, _options: ImageBitmapOptions) => {
      expect(new Uint8Array(await blob.arrayBuffer())).toEqual(new Uint8Array(png));
      return { width: 3, height: 2, close, pixels: picture };
    });
    vi.stubGlobal('createImageBitmap', decode);
    expect((await segment(source)).labels).toEqual(expected);
    expect(decode.mock.calls[0]?.[1]).toMatchObject({ imageOrientation: 'from-image', premultiplyAlpha: 'none' });
    expect(close).toHaveBeenCalledOnce();
  });

  it('says so when the browser cannot decode them', async () => {
    vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('InvalidStateError')));
    await expect(segment(new Blob(['hello'], { type: 'text/plain' }))).rejects.toMatchObject({
      code: 'SOURCE_DECODE',
      message: '5 bytes of text/plain are no image that this browser reads',
    });
  });

  it('points to the other entry where nothing decodes', async () => {
    await expect(segment(png)).rejects.toMatchObject({
      code: 'NO_DECODER',
      hint: expect.stringContaining('@atrous/segmenter/node') as string,
    });
  });
});

describe('anything else', () => {
  it.each([
    [undefined, 'undefined cannot'],
    [null, 'null cannot'],
    [42, '42 cannot'],
    ['photo.jpg', 'a string cannot'],
    [{}, 'Object cannot'],
    [new Uint8ClampedArray(4), 'Uint8ClampedArray cannot'],
    [new Float32Array(4), 'Float32Array cannot'],
    [{ width: 2, height: 2 }, 'Object cannot'],
  ])('refuses %s and lists what is accepted', async (source, message) => {
    await expect(segment(source)).rejects.toMatchObject({
      name: 'DataError',
      code: 'SOURCE_UNKNOWN',
      message: expect.stringContaining(message) as string,
    });
    await expect(segment(source)).rejects.toThrow(/Blob.*ImageData.*video.*VideoFrame.*tensor/);
  });
});
