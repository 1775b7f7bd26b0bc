import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMask, decodePng } from '@atrous/data';
import { writeSafetensors } from '@atrous/weights';
import { writeBundle } from '@atrous/weights/node';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium, serve } from '../../../tools/headless/index.js';
import { serveBuiltPage, type BuiltPage } from './built-page.ts';
import { colourPhoto, expectedRow } from './support/colour-photo.ts';
import { openPage } from './support/driver.ts';
import { createTinyBundle } from './support/tiny-bundle.ts';

describe.skipIf(headlessUnavailable())('the page, with a tiny network', () => {
  let built: BuiltPage;
  let browser: Browser;
  let files: Awaited<ReturnType<typeof serve>>;
  let folder: string;
  const photo = () => join(folder, 'stripes.png');
  const bundle = () => encodeURIComponent(`${files.url}tiny/`);
  const bundleFiles = () => ['model.json', 'weights.safetensors'].map((name) => join(folder, 'tiny', name));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-bundle-'));
    await writeBundle(join(folder, 'tiny'), createTinyBundle());
    await writeFile(photo(), colourPhoto());
    await writeFile(join(folder, 'broken.png'), 'not a picture');
    const stranger = { dtype: 'float32', shape: [2], data: new Float32Array(2) } as const;
    await writeFile(join(folder, 'stranger.safetensors'), writeSafetensors(new Map([['stranger', stranger]])));
    await writeFile(join(folder, 'pickle.pth'), Uint8Array.of(0x80, 2, 0x8a));
    [built, files] = await Promise.all([serveBuiltPage(), serve(folder)]);
    browser = await launchChromium({
      args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    });
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([built?.close(), files?.close()]);
    await rm(folder, { recursive: true });
  });

  it.each(['auto', 'webgpu', 'simd', 'webgl', 'wasm', 'cpu'])('finds the stripes on %s', async (backend) => {
    const driver = await openPage(browser, `${built.url}?bundle=${bundle()}&backend=${backend}&software`);
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    expect(await driver.page.isChecked(`#backend-${backend}`)).toBe(true);
    const mask = decodeMask(await driver.download('#download-mask'));
    expect([mask.width, mask.height]).toEqual([96, 64]);
    for (const row of [3, 31, 60])
      expectedRow.forEach((expected, x) => {
        if (expected !== undefined) expect(mask.data[row * 96 + x], `at ${x}, ${row}`).toBe(expected);
      });
    const rows = await driver.page.locator('#legend button').allInnerTexts();
    expect(rows.map((text) => text.split('\n')[0]).sort()).toEqual(['background', 'blue', 'green', 'red']);
    await driver.screenshot(`tiny-${backend}`);
    await driver.page.context().close();
  });

  it('starts with the network that comes along, and makes up streets for it', async () => {
    const driver = await openPage(browser, `${built.url}?backend=wasm`);
    await driver.page.waitForSelector('text=make up a street');
    await driver.page.click('#street');
    await driver.waitForClasses();
    expect(await driver.page.inputValue('#model-list')).toContain('Streets');
    expect(await driver.page.innerText('#legend')).toMatch(/Road/);
    await driver.screenshot('street');
    await driver.page.context().close();
  });

  it('says what to bring when the first model is not there, and takes a bundle as two files', async () => {
    const models = [{ name: 'Not there', url: 'missing/' }];
    const driver = await openPage(browser, `${built.url}?backend=cpu`, { models });
    expect(await driver.page.isVisible('text=Checkpoints that this page knows')).toBe(true);
    expect(await driver.page.locator('#presets a').count()).toBeGreaterThan(0);
    await driver.screenshot('empty');
    await driver.choosePhoto(photo());
    await driver.page.waitForSelector('text=Now bring a model');
    await driver.page.setInputFiles('#model-files', bundleFiles());
    await driver.waitForClasses();
    expect(await driver.page.textContent('#model-summary')).toContain('Colours');
    await driver.page.context().close();
  });

  it('offers the models that are published with it, and loads the first', async () => {
    const models = [
      { name: 'Colours', url: `${files.url}tiny/` },
      { name: 'Not there', url: 'missing/model.json' },
    ];
    const driver = await openPage(browser, `${built.url}?backend=cpu`, { models });
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    await driver.page.selectOption('#model-list', 'Not there');
    await driver.page.waitForSelector('#error:not([hidden])');
    expect(await driver.page.textContent('#error')).toContain(`${built.url}missing/model.json answered 404`);
    await driver.page.context().close();
  });

  it('takes a folder with a bundle, and a photo, by dropping', async () => {
    const driver = await openPage(browser, `${built.url}?backend=cpu`);
    await driver.drop(join(folder, 'tiny'));
    await driver.page.waitForSelector('#model-summary >> text=Colours');
    await driver.drop(photo());
    await driver.waitForClasses();
    await driver.page.context().close();
  });

  it.each([
    ['stranger.safetensors', /holds none of the \d+ known networks.*atrous convert/s],
    ['pickle.pth', /PyTorch.*safetensors/s],
  ])('says what to do about the checkpoint %s', async (file, message) => {
    const driver = await openPage(browser, `${built.url}?backend=cpu`);
    await driver.drop(join(folder, file));
    await driver.page.waitForSelector('#error:not([hidden])');
    expect(await driver.page.textContent('#error')).toMatch(message);
    await driver.screenshot('unknown-checkpoint');
    await driver.page.context().close();
  });

  it('fits a telephone', async () => {
    const driver = await openPage(browser, `${built.url}?bundle=${bundle()}&backend=cpu`, { width: 360 });
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    expect(await driver.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await driver.screenshot('telephone');
    await driver.page.context().close();
  });

  it('gives the picture with its overlay as a file', async () => {
    const driver = await openPage(browser, `${built.url}?bundle=${bundle()}&backend=cpu`);
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    await driver.page.fill('#opacity', '1');
    const { width, height, data } = decodePng(await driver.download('#download-overlay'));
    expect([width, height]).toEqual([96, 64]);
    const pixel = (x: number) => [...data.subarray((32 * width + x) * 4, (32 * width + x) * 4 + 3)];
    expect([pixel(10), pixel(36), pixel(60), pixel(86)]).toEqual([
      [128, 128, 128],
      [230, 80, 60],
      [60, 180, 90],
      [70, 110, 230],
    ]);
    await driver.page.context().close();
  });

  it('tells in words what is wrong with a file', async () => {
    const driver = await openPage(browser, `${built.url}?bundle=${bundle()}&backend=cpu`);
    await driver.choosePhoto(join(folder, 'broken.png'));
    await expect(driver.waitForClasses()).rejects.toThrow(/not a picture.*choose a JPEG/s);
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    await driver.page.setInputFiles('#model-files', [bundleFiles()[0] ?? '']);
    await driver.page.waitForSelector('#error:not([hidden])');
    expect(await driver.page.textContent('#error')).toMatch(/model\.json and weights\.safetensors together/);
    await driver.page.context().close();
  });

  it('tells when a bundle cannot be fetched', async () => {
    const missing = encodeURIComponent(`${files.url}missing/`);
    const driver = await openPage(browser, `${built.url}?bundle=${missing}&backend=cpu`);
    await driver.page.waitForSelector('#error:not([hidden])');
    expect(await driver.page.textContent('#error')).toContain('missing');
    await driver.page.context().close();
  });

  it('lets a class stand out by keyboard, and follows the opacity', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?bundle=${bundle()}&backend=cpu`);
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    await page.focus('#legend button[value="1"]');
    const names = page.locator('#names span:visible');
    expect(await names.allInnerTexts()).toEqual(['red']);
    await page.keyboard.press('Enter');
    expect(await page.getAttribute('#legend button[value="1"]', 'aria-pressed')).toBe('true');
    await page.fill('#opacity', '0.3');
    expect(await page.locator('#overlay').evaluate((overlay) => getComputedStyle(overlay).opacity)).toBe('0.3');
    await page.uncheck('#show-overlay');
    expect(await page.isVisible('#overlay')).toBe(false);
    await page.context().close();
  });

  it('segments the webcam without piling up tensors, until stopped', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?bundle=${bundle()}&backend=wasm`);
    await page.click('#webcam');
    await driver.waitForClasses();
    const framesShown = async () => Number.parseInt((await page.textContent('#frame-rate')) ?? '', 10);
    const memory = () => page.textContent('#memory');
    await expect.poll(framesShown).toBeGreaterThan(2);
    const early = await memory();
    expect(early).toMatch(/^[1-9]\d* tensors, /);
    await expect.poll(framesShown, { timeout: 60_000 }).toBeGreaterThan(50);
    expect(await memory()).toBe(early);
    await driver.screenshot('webcam');
    await page.click('#cancel');
    await expect.poll(() => page.textContent('#status-text')).toBe('Stopped.');
    const stoppedAt = await framesShown();
    await page.waitForTimeout(500);
    expect(await framesShown()).toBe(stoppedAt);
    await page.context().close();
  });
});
