import { decodeImage } from '@atrous/data/node';
import { encodePng } from '@atrous/data';
import { referenceRuntime } from '@atrous/runtime-reference';
import { createSegmenter } from '@atrous/segmenter/node';
import { dataFolder } from '@atrous/testing';
import { build } from 'esbuild';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemblyScriptForEsbuild } from '../../../tools/assemblyscript/index.js';
import { headlessUnavailable, launchChromium, serve } from '../../../tools/headless/index.js';
import type * as page from './support/page.ts';
import type { Seen } from './support/page.ts';
import { paint, tinyBundle } from './support/tiny-bundle.ts';

/** What the page's script leaves in the page. */
interface Page {
  readonly segmenting: typeof page;
}

const picture = paint(6, 4, (x) => (x < 2 ? [0, 0, 255] : [255, 0, 0]));
const expected: Seen = { size: [6, 4], labels: Array.from({ length: 24 }, (_, index) => (index % 6 < 2 ? 3 : 1)) };

/** An EXIF segment that says that the picture is to be turned by 90° clockwise. */
const turned = Buffer.from(
  ['ffe1 0022 457869660000', '49492a00 08000000', '0100', '1201 0300 01000000 06000000', '00000000']
    .join('')
    .replaceAll(' ', ''),
  'hex',
);

const unavailable = headlessUnavailable();
const data = dataFolder();

describe.skipIf(unavailable)('in Chromium', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Awaited<ReturnType<typeof launchChromium>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segmenter-page-'));
    await build({
      entryPoints: [
        fileURLToPath(new URL('./support/page.ts', import.meta.url)),
        fileURLToPath(new URL('./support/worker.ts', import.meta.url)),
      ],
      outdir: folder,
      bundle: true,
      format: 'iife',
      globalName: 'segmenting',
      platform: 'browser',
      conditions: ['@atrous/source'],
      plugins: [assemblyScriptForEsbuild()],
    });
    await writeFile(join(folder, 'picture.png'), encodePng(picture));
    await writeFile(
      join(folder, 'index.html'),
      '<!doctype html><link rel="icon" href="data:,"><script src="page.js"></script>',
    );
    server = await serve(folder);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  async function open() {
    const opened = await browser.newPage();
    await opened.goto(server.url);
    return opened;
  }

  it('takes everything that a page has', async () => {
    const opened = await open();
    const seen = await opened.evaluate(async () => {
      const { segmenting } = globalThis as unknown as Page;
      const blob = await (await fetch('picture.png')).blob();
      const image = Object.assign(new Image(), { src: 'picture.png', width: 60 });
      await image.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: 6, height: 4 });
      canvas.getContext('2d')?.drawImage(image, 0, 0, 6, 4);
      return segmenting.segmentAll({
        ...segmenting.canvasSources(),
        Blob: blob,
        File: new File([blob], 'picture.png'),
        Bytes: new Uint8Array(await blob.arrayBuffer()),
        ImageBitmap: await createImageBitmap(blob),
        image,
        canvas,
        loading: new Image(),
        video: document.createElement('video'),
        text: new Blob(['no image'], { type: 'text/plain' }),
      });
    });
    const { loading, video, text, ...pictures } = seen;
    expect([loading, video, text]).toEqual(['SOURCE_EMPTY', 'SOURCE_NOT_READY', 'SOURCE_DECODE']);
    expect(Object.keys(pictures)).toHaveLength(9);
    for (const [name, result] of Object.entries(pictures)) expect(result, name).toEqual(expected);
  });

  it('refines labels with the CRF as it does in Node', async () => {
    const dotted = paint(9, 9, (x, y) => ((x * y) % 5 === 4 ? [0, 255, 0] : x < 4 ? [0, 0, 255] : [255, 0, 0]));
    const crf = { gaussianWeight: 20 } as const;
    await writeFile(join(folder, 'dotted.png'), encodePng(dotted));
    using segmenter = await createSegmenter({ bundle: tinyBundle(), runtime: referenceRuntime() });
    const [plain, refined] = [await segmenter.segment(dotted), await segmenter.segment(dotted, { crf })];
    expect(refined.labels).not.toEqual(plain.labels);
    const opened = await open();
    const seen = await opened.evaluate(async (asked) => {
      const { segmenting } = globalThis as unknown as Page;
      return segmenting.segmentAll({ dotted: await (await fetch('dotted.png')).blob() }, { crf: asked });
    }, crf);
    expect(seen).toEqual({ dotted: { size: [9, 9], labels: [...refined.labels] } });
  });

  it('works in a worker, which has no document', async () => {
    const opened = await open();
    const result = await opened.evaluate(async () => {
      const blob = await (await fetch('picture.png')).blob();
      const worker = new Worker('worker.js');
      return new Promise<{ document: string; seen: Record<string, Seen | string> }>((resolve) => {
        worker.onmessage = ({
          data: answer,
        }: MessageEvent<{ document: string; seen: Record<string, Seen | string> }>) => resolve(answer);
        worker.postMessage(blob);
      });
    });
    expect(result.document).toBe('undefined');
    expect(Object.keys(result.seen)).toHaveLength(6);
    for (const [name, seen] of Object.entries(result.seen)) expect(seen, name).toEqual(expected);
  });

  it('takes the picture that a video shows', async () => {
    const opened = await open();
    const { video: seen } = await opened.evaluate(async () => {
      const { segmenting } = globalThis as unknown as Page;
      const canvas = Object.assign(document.createElement('canvas'), { width: 32, height: 24 });
      const context = canvas.getContext('2d') as CanvasRenderingContext2D;
      context.fillStyle = '#00f';
      context.fillRect(0, 0, 32, 24);
      const video = Object.assign(document.createElement('video'), { srcObject: canvas.captureStream(), muted: true });
      await video.play();
      return segmenting.segmentAll({ video });
    });
    expect(seen).toEqual({ size: [32, 24], labels: Array.from({ length: 32 * 24 }, () => 3) });
  });

  it.skipIf(data === undefined)('turns photos upright, as Node does', async () => {
    const jpeg = await readFile(join(data as string, 'voc2012/JPEGImages/2007_000129.jpg'));
    const photo = Buffer.concat([jpeg.subarray(0, 2), turned, jpeg.subarray(2)]);
    await writeFile(join(folder, 'photo.jpg'), photo);
    const [upright, inNode] = [await decodeImage(jpeg), await decodeImage(photo)];
    expect([inNode.width, inNode.height]).toEqual([upright.height, upright.width]);
    const opened = await open();
    const { photo: seen } = await opened.evaluate(async () => {
      const { segmenting } = globalThis as unknown as Page;
      return segmenting.segmentAll({ photo: await (await fetch('photo.jpg')).blob() });
    });
    expect((seen as Seen).size).toEqual([upright.height, upright.width]);
  });
});
