import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePng } from '@atrous/data';
import { writeBundle } from '@atrous/weights/node';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium, serve, webgpuCanvasArgs } from '../../../tools/headless/index.js';
import { serveBuiltPage, type BuiltPage } from './built-page.ts';
import { openPage, type PageOptions } from './support/driver.ts';
import { createTinyBundle } from './support/tiny-bundle.ts';

/** Software draws a few frames a second. */
const patience = { timeout: 30_000 };

describe.skipIf(headlessUnavailable())('the webcam on the graphics card', () => {
  let built: BuiltPage;
  let browser: Browser;
  let files: Awaited<ReturnType<typeof serve>>;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-live-'));
    await writeBundle(join(folder, 'tiny'), createTinyBundle());
    [built, files] = await Promise.all([serveBuiltPage(), serve(folder)]);
    browser = await launchChromium({
      args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', ...webgpuCanvasArgs],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([built?.close(), files?.close()]);
    await rm(folder, { recursive: true });
  });

  const open = async (backend: string, options: PageOptions = {}) => {
    const bundle = encodeURIComponent(`${files.url}tiny/`);
    const driver = await openPage(browser, `${built.url}?bundle=${bundle}&backend=${backend}&software`, options);
    await driver.page.waitForSelector('#model-summary >> text=Colours');
    await driver.page.waitForSelector(`#backend-${backend}:checked`);
    await driver.page.click('#webcam');
    await driver.waitForClasses();
    return driver;
  };
  const framesShown = async (page: Page) => Number.parseInt((await page.textContent('#frame-rate')) ?? '', 10);
  const goesOn = async (page: Page) => {
    const before = await framesShown(page);
    await expect.poll(() => framesShown(page), patience).toBeGreaterThan(before + 3);
  };
  /** A pixel of the picture's green ground. */
  const ground = async (page: Page) => {
    const { data } = decodePng(await page.locator('#picture').screenshot());
    return [...data.subarray(4 * 2000, 4 * 2000 + 3)];
  };

  it('paints classes, follows the opacity, and gives way to what needs labels', async () => {
    const { page, ...driver } = await open('webgpu');
    expect(await page.isVisible('#live')).toBe(true);
    expect(await page.innerText('#legend')).toContain('green');
    expect(await page.isVisible('#times')).toBe(false);
    await goesOn(page);
    await page.fill('#opacity', '1');
    await expect.poll(() => ground(page), patience).toEqual([60, 180, 90]);
    await page.uncheck('#show-overlay');
    await expect.poll(() => ground(page), patience).not.toEqual([60, 180, 90]);
    await driver.screenshot('live');
    await page.check('#backend-simd');
    await expect.poll(() => page.isVisible('#live'), patience).toBe(false);
    await goesOn(page);
    expect(await page.isVisible('#times')).toBe(true);
    await page.check('#backend-webgpu');
    await expect.poll(() => page.isVisible('#live'), patience).toBe(true);
    await page.click('#cancel');
    await expect.poll(() => page.textContent('#status-text'), patience).toBe('Stopped.');
    await page.context().close();
  });

  it('segments frames and says why where it cannot paint', async () => {
    const prepare = () => {
      HTMLCanvasElement.prototype.transferControlToOffscreen = () => {
        throw new Error('no canvas to be had');
      };
    };
    const { page } = await open('webgpu', { prepare });
    await goesOn(page);
    expect(await page.isVisible('#live')).toBe(false);
    expect(await page.isVisible('#times')).toBe(true);
    expect(await page.textContent('#frame-rate')).toMatch(/not painted on the graphics card: no canvas to be had/);
    await page.context().close();
  });
});
