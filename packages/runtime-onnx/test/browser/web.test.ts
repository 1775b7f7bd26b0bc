import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build, defaultClientConditions } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assemblyScript } from '../../../../tools/assemblyscript/index.js';
import { headlessUnavailable, launchChromium, serve } from '../../../../tools/headless/index.js';
import type { InPage } from './page/main.ts';

declare const inPage: InPage;
const root = fileURLToPath(new URL('page/', import.meta.url));

describe.skipIf(headlessUnavailable())('onnxruntime-web in Chromium', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-onnx-'));
    await build({
      ...{ root, configFile: false, logLevel: 'error' },
      plugins: [assemblyScript()],
      resolve: { conditions: ['@atrous/source', ...defaultClientConditions] },
      build: { outDir: join(folder, 'page'), target: 'es2022' },
    });
    [server, browser] = await Promise.all([serve(join(folder, 'page')), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, { recursive: true });
  });

  /** The page has one onnxruntime, which takes its threads from the first runtime: each test opens its own. */
  async function open(isIsolated = true): Promise<Page> {
    const page = await browser.newPage();
    if (!isIsolated)
      await page.route('**', async (route) => {
        const response = await route.fetch();
        const { 'content-type': type = '' } = response.headers();
        await route.fulfill({ response, headers: { 'content-type': type } });
      });
    await page.goto(server.url);
    await page.waitForFunction(() => 'inPage' in globalThis);
    expect(await page.evaluate(() => inPage.isIsolated())).toBe(isIsolated);
    return page;
  }

  it('computes what is defined, with one thread and without workers', async () => {
    const page = await open();
    const { detail, largest, otherLabels } = await page.evaluate(() => inPage.run({ threads: 1 }));
    expect(detail).toMatch(/^onnxruntime-web \d+\.\d+\.\d+, wasm, threads: 1$/);
    expect(largest).toBeLessThan(1e-5);
    expect(otherLabels).toBe(0);
    expect(page.workers()).toHaveLength(0);
    await page.close();
  });

  it('has as many threads as it is told to where the page is isolated', async () => {
    const page = await open();
    const { largest, otherLabels } = await page.evaluate(() => inPage.run({ threads: 3 }));
    expect(largest).toBeLessThan(1e-5);
    expect(otherLabels).toBe(0);
    // the page itself is the third
    expect(page.workers()).toHaveLength(2);
    await page.close();
  });

  it('has one thread where the page is not isolated', async () => {
    const page = await open(false);
    const { largest, otherLabels } = await page.evaluate(() => inPage.run({ threads: 3 }));
    expect(largest).toBeLessThan(1e-5);
    expect(otherLabels).toBe(0);
    expect(page.workers()).toHaveLength(0);
    await page.close();
  });

  it('computes on WebGPU', async () => {
    const page = await open();
    const { detail, largest, otherLabels } = await page.evaluate(() => inPage.run({ provider: 'webgpu' }));
    expect(detail).toMatch(/^onnxruntime-web \d+\.\d+\.\d+, webgpu$/);
    expect(largest).toBeLessThan(1e-4);
    expect(otherLabels).toBe(0);
    await page.close();
  });
});
