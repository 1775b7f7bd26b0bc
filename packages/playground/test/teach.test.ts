import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMask } from '@atrous/data';
import { writeBundle } from '@atrous/weights/node';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium, serve } from '../../../tools/headless/index.js';
import { serveBuiltPage, type BuiltPage } from './built-page.ts';
import { colourPhoto, expectedRow } from './support/colour-photo.ts';
import { openPage, type PageDriver } from './support/driver.ts';
import { createTinyBundle } from './support/tiny-bundle.ts';

/** Colours of the pixels in the middle row of the paint, at fractions of its width. */
const paintAt = (driver: PageDriver, places: readonly number[]) =>
  driver.page.locator('#paint').evaluate((canvas, fractions) => {
    const { width, height } = canvas as HTMLCanvasElement;
    const context = (canvas as HTMLCanvasElement).getContext('2d');
    return fractions.map((x) => [...(context?.getImageData(x * width, height / 2, 1, 1).data ?? [])].join());
  }, places);

describe.skipIf(headlessUnavailable())('teaching a network in the page', () => {
  let built: BuiltPage;
  let browser: Browser;
  let files: Awaited<ReturnType<typeof serve>>;
  let folder: string;
  const photo = () => join(folder, 'stripes.png');
  const address = (backend: string) =>
    `${built.url}?bundle=${encodeURIComponent(`${files.url}tiny/`)}&backend=${backend}&software`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-teach-'));
    await writeBundle(join(folder, 'tiny'), createTinyBundle());
    await writeFile(photo(), colourPhoto());
    [built, files] = await Promise.all([serveBuiltPage(), serve(folder)]);
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([built?.close(), files?.close()]);
    await rm(folder, { recursive: true });
  });

  /** Opens the page with the photo of stripes (grey, red, green, blue) and takes up the brush. */
  const openToPaint = async (backend: string) => {
    const driver = await openPage(browser, address(backend));
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    await driver.page.click('#paint-labels');
    return driver;
  };
  /** A stroke of `object` down the red stripe, one of `background` down each of the others. */
  const paintRed = async (driver: PageDriver) => {
    await driver.stroke([0.375, 0.2], [0.375, 0.8]);
    await driver.page.check('#paint-classes li:first-child input[type="radio"]');
    for (const x of [0.125, 0.625, 0.875]) await driver.stroke([x, 0.2], [x, 0.8]);
  };

  it('paints with brush, fill and eraser, and takes it back', async () => {
    const driver = await openToPaint('cpu');
    const { page } = driver;
    const [nothing, object, background] = ['0,0,0,0', '242,38,38,255', '128,128,128,255'];
    await driver.stroke([0.25, 0], [0.25, 1]);
    expect(await paintAt(driver, [0.1, 0.25, 0.6])).toEqual([nothing, object, nothing]);
    await page.check('input[value="fill"]');
    await page.check('#paint-classes li:first-child input[type="radio"]');
    await driver.stroke([0.1, 0.5], [0.1, 0.5]);
    expect(await paintAt(driver, [0.1, 0.25, 0.6])).toEqual([background, object, nothing]);
    await page.check('input[value="eraser"]');
    await driver.stroke([0.25, 0], [0.25, 1]);
    expect(await paintAt(driver, [0.1, 0.25, 0.6])).toEqual([background, nothing, nothing]);
    await page.click('#undo');
    await page.keyboard.press('Control+z');
    expect(await paintAt(driver, [0.1, 0.25, 0.6])).toEqual([nothing, object, nothing]);
    await page.fill('#paint-classes li:last-child input[type="color"]', '#102030');
    expect(await paintAt(driver, [0.25])).toEqual(['16,32,48,255']);
    await page.click('#paint-classes li:last-child button');
    expect(await paintAt(driver, [0.25])).toEqual([nothing]);
    await page.context().close();
  });

  it('says what is missing before the network can learn', async () => {
    const driver = await openToPaint('cpu');
    const { page } = driver;
    expect(await page.isDisabled('#train')).toBe(true);
    expect(await page.textContent('#training-hint')).toContain('at least two classes');
    await paintRed(driver);
    expect(await page.isEnabled('#train')).toBe(true);
    await page.fill('#paint-classes li:last-child input[type="text"]', ' ');
    expect(await page.textContent('#training-hint')).toContain('needs a name');
    await page.fill('#paint-classes li:last-child input[type="text"]', 'background');
    expect(await page.textContent('#training-hint')).toContain('same name');
    await page.click('#take-classes');
    const names = page.locator('#paint-classes input[type="text"]');
    expect(await names.evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value))).toEqual([
      'background',
      'red',
      'green',
      'blue',
    ]);
    // Background stays painted, the class that is gone does not.
    expect((await paintAt(driver, [0.125, 0.375])).map((color) => color.endsWith(',255'))).toEqual([true, false]);
    await page.context().close();
  });

  it.each(['webgl', 'wasm', 'cpu'])(
    'learns a class of its own from four strokes on %s',
    { timeout: 300_000 },
    async (backend) => {
      const driver = await openToPaint(backend);
      const { page } = driver;
      await page.fill('#paint-classes li:last-child input[type="text"]', 'warm');
      await paintRed(driver);
      await driver.screenshot(`teach-painted-${backend}`);
      await train(driver);
      expect(await page.isChecked(`#backend-${backend}`)).toBe(true);
      expect(await page.textContent('#training-step')).toMatch(/Step 60 of 60 · loss 0\.[0-3]/);
      expect(await page.textContent('#training-accuracy')).toBe('100.0% of painted pixels right');
      expect(await page.textContent('#model-summary')).toContain('Colours, fine-tuned · 2 classes');
      expect(await page.innerText('#legend')).toMatch(/background[^]*warm/);
      await driver.screenshot(`teach-trained-${backend}`);
      await expectRedAlone(driver);

      const zip = await driver.download('#download-bundle');
      await writeFile(join(folder, `${backend}.zip`), zip);
      const again = await openPage(browser, `${built.url}?backend=cpu`);
      await again.page.setInputFiles('#model-files', join(folder, `${backend}.zip`));
      await again.choosePhoto(photo());
      await again.waitForClasses();
      await expectRedAlone(again);
      await again.page.context().close();
      await page.context().close();
    },
  );

  it('stops when told to, and keeps what was learned', async () => {
    const driver = await openToPaint('wasm');
    await paintRed(driver);
    await driver.page.fill('#steps', '5000');
    await driver.page.click('#train');
    await driver.page.waitForSelector('text=100.0% of painted pixels right');
    expect(await driver.page.textContent('#status-text')).toBe('Training …');
    await driver.page.click('#stop-training');
    await driver.waitForClasses();
    expect(await driver.page.textContent('#training-step')).toMatch(/^Step \d{1,3} of 5000/);
    await expectRedAlone(driver);
    await driver.page.context().close();
  });

  it('throws away what it was learning when another model is loaded, and paints on several photos', async () => {
    const driver = await openToPaint('wasm');
    const { page } = driver;
    await paintRed(driver);
    await page.setInputFiles('#photo-file', [photo(), photo()]);
    await expect.poll(() => page.locator('#examples button').count()).toBe(3);
    expect(await paintAt(driver, [0.375])).toEqual(['0,0,0,0']);
    await page.click('#examples button:first-child');
    expect(await paintAt(driver, [0.375])).toEqual(['242,38,38,255']);
    await page.fill('#steps', '5000');
    await page.click('#train');
    await page.waitForSelector('text=/^Step [1-9]/');
    await page.setInputFiles(
      '#model-files',
      ['model.json', 'weights.safetensors'].map((name) => join(folder, 'tiny', name)),
    );
    await page.waitForSelector('#train:visible');
    await expect.poll(() => page.textContent('#model-summary')).toMatch(/^Colours · 4 classes/);
    expect(await page.isVisible('#error')).toBe(false);
    await page.click('#paint-labels');
    await driver.waitForClasses();
    expect(await page.innerText('#legend')).toMatch(/green/);
    await page.context().close();
  });

  it('fits a telephone', async () => {
    const driver = await openPage(browser, address('cpu'), { width: 360 });
    await driver.choosePhoto(photo());
    await driver.waitForClasses();
    await driver.page.click('#paint-labels');
    await driver.stroke([0.2, 0.5], [0.8, 0.5]);
    await driver.page.click('#class-chips button:first-child');
    await driver.stroke([0.5, 0.5], [0.9, 0.5]);
    const seen = await paintAt(driver, [0.1, 0.3, 0.8]);
    expect(seen).toEqual(['0,0,0,0', '242,38,38,255', '128,128,128,255']);
    expect(await driver.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await driver.screenshot('teach-telephone');
    await driver.page.context().close();
  });

  // On WebGPU in software a step takes seconds; what it computes is compared in the conformance suite.
  it('trains on webgpu', { timeout: 600_000 }, async () => {
    const driver = await openToPaint('webgpu');
    await paintRed(driver);
    await driver.page.fill('#steps', '3');
    await train(driver);
    expect(await driver.page.isChecked('#backend-webgpu')).toBe(true);
    expect(await driver.page.textContent('#training-step')).toMatch(/Step 3 of 3 · loss 0\.\d+/);
    expect(await driver.page.textContent('#model-summary')).toContain('2 classes');
    await driver.page.context().close();
  });

  const train = async (driver: PageDriver) => {
    await driver.page.click('#train');
    await driver.waitForClasses();
  };

  const expectRedAlone = async (driver: PageDriver) => {
    const mask = decodeMask(await driver.download('#download-mask'));
    for (const row of [3, 31, 60])
      expectedRow.forEach((color, x) => {
        if (color !== undefined) expect(mask.data[row * 96 + x], `at ${x}, ${row}`).toBe(color === 1 ? 1 : 0);
      });
  };
});
