import { decodeImage } from '@atrous/data/node';
import { build } from 'esbuild';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium, serve, webgpuCanvasArgs } from '../../../../tools/headless/index.js';
import type * as page from '../support/live-page.ts';

describe.skipIf(headlessUnavailable())('live in Chromium', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Awaited<ReturnType<typeof launchChromium>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'live-page-'));
    await build({
      entryPoints: [fileURLToPath(new URL('../support/live-page.ts', import.meta.url))],
      outfile: join(folder, 'page.js'),
      ...{ bundle: true, format: 'iife', globalName: 'live', platform: 'browser', conditions: ['@atrous/source'] },
    });
    const html =
      '<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><canvas style=display:block></canvas><script src="page.js"></script>';
    await writeFile(join(folder, 'index.html'), html);
    server = await serve(folder);
    browser = await launchChromium({ args: webgpuCanvasArgs });
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('paints frames and their labels on a canvas, and reads nothing back', async () => {
    const opened = await browser.newPage({ viewport: { width: 96, height: 64 } });
    await opened.goto(server.url);
    const inPage = <T>(call: (live: typeof page, name: string) => Promise<T>, name = '') =>
      opened.evaluate<T>(`(${String(call)})(live, ${JSON.stringify(name)})`);
    const screen = async () => (await decodeImage(await opened.screenshot())).data;
    const none = { mapAsync: 0, copiesToMapped: 0, onSubmittedWorkDone: 0 };
    const afterwards = { mapAsync: 1, copiesToMapped: 1, onSubmittedWorkDone: 0 };

    const names = await inPage((live) => live.start());
    let ofTexture: Uint8ClampedArray | undefined;
    for (const name of names) {
      const seen = await inPage((live, source) => live.draw(source), name);
      expect(seen, name).toEqual({ drawn: [true, true], whileDrawing: none, corners: [3, 0, 3, 1], afterwards });
      const painted = await screen();
      ofTexture ??= painted;
      expect(painted, name).toEqual(ofTexture);
    }
    expect(names).toHaveLength(7);
    const pixel = (x: number, y: number) => [...ofTexture!.subarray(4 * (96 * y + x), 4 * (96 * y + x) + 3)];
    const expected = [
      [10, 32, [13, 13, 249]],
      [64, 10, [32, 32, 32]],
      [64, 54, [249, 13, 13]],
    ] as const;
    for (const [x, y, color] of expected)
      for (const [channel, value] of pixel(x, y).entries())
        expect(Math.abs(value - color[channel]!), `at ${x}, ${y}`).toBeLessThan(4);
  });
});
