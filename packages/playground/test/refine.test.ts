import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeMask } from '@atrous/data';
import { writeBundle } from '@atrous/weights/node';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium, serve } from '../../../tools/headless/index.js';
import { serveBuiltPage, type BuiltPage } from './built-page.ts';
import { blottedPhoto, expectedRow } from './support/colour-photo.ts';
import { openPage, type PageDriver, type PageOptions } from './support/driver.ts';
import { createTinyBundle } from './support/tiny-bundle.ts';

/** What the page asks of its worker, and what it is told. */
interface Asked {
  asked: { readonly call: string; readonly settings?: Readonly<Record<string, number>> }[];
  /** Milliseconds that it is told of a CRF, whatever it took. */
  crfMs?: number;
}

describe.skipIf(headlessUnavailable())('refining edges in the page', () => {
  let built: BuiltPage;
  let browser: Browser;
  let files: Awaited<ReturnType<typeof serve>>;
  let folder: string;

  const bundleFiles = () => ['model.json', 'weights.safetensors'].map((name) => join(folder, 'tiny', name));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-refine-'));
    await writeBundle(join(folder, 'tiny'), createTinyBundle());
    await writeFile(join(folder, 'blots.png'), blottedPhoto());
    await writeFile(join(folder, 'large.png'), blottedPhoto(12));
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

  const open = async (backend = 'wasm', options: PageOptions = {}) => {
    const bundle = encodeURIComponent(`${files.url}tiny/`);
    const address = `${built.url}?bundle=${bundle}&backend=${backend}&software`;
    return openPage(browser, address, { ...options, prepare: recordAsked });
  };
  const openRefined = async (backend?: string, options?: PageOptions) => {
    const driver = await open(backend, options);
    await driver.choosePhoto(join(folder, 'blots.png'));
    await driver.waitForClasses();
    await driver.page.check('#refine-edges');
    await settled(driver.page);
    return driver;
  };

  it.each(['webgpu', 'webgl', 'wasm', 'cpu'])('takes blots away on %s', async (backend) => {
    const driver = await open(backend);
    await driver.choosePhoto(join(folder, 'blots.png'));
    await driver.waitForClasses();
    const before = await wrongShare(driver);
    await driver.page.check('#refine-edges');
    await settled(driver.page);
    expect(await driver.page.isChecked(`#backend-${backend}`)).toBe(true);
    expect(before).toBeGreaterThan(0.03);
    expect(await wrongShare(driver)).toBeLessThan(0.005);
    expect(await driver.page.innerText('#times')).toMatch(/Network[^]*Postprocess[^]*Dense CRF\s+[\d.]+ m?s/);
    await driver.page.context().close();
  });

  it('follows a slider while it is dragged, without the network', async () => {
    const driver = await openRefined();
    const { page } = driver;
    expect((await asked(page)).filter((call) => call !== 'available')).toEqual([
      'load',
      'segment',
      'segment',
      'refine',
    ]);
    await page.fill('#crf-bilateralWeight', '0');
    await page.fill('#crf-gaussianWeight', '0');
    await settled(page);
    expect(await page.innerText('#crf-note')).toMatch(/^0\.0% of the labels changed/);
    expect(await wrongShare(driver)).toBeGreaterThan(0.03);
    const network = await page.innerText('#times dd:nth-of-type(3)');
    const shares = await dragAcross(driver, '#crf-gaussianWeight', 8);
    expect(new Set(shares).size).toBeGreaterThan(3);
    expect(Number(await page.inputValue('#crf-gaussianWeight'))).toBeGreaterThan(15);
    expect(await page.inputValue('#crf-preset')).toBe('custom');
    expect(await wrongShare(driver)).toBeLessThan(0.01);
    expect((await asked(page)).filter((call) => call === 'segment')).toHaveLength(2);
    expect(await page.innerText('#times dd:nth-of-type(3)')).toBe(network);
    await driver.screenshot('refine-dragged');
    await page.context().close();
  });

  it('compares with the labels before, and is switched off and on at once', async () => {
    const driver = await openRefined();
    const { page } = driver;
    const after = await wrongShare(driver);
    await page.press('#show-before', 'Enter');
    expect(await page.getAttribute('#show-before', 'aria-pressed')).toBe('true');
    expect(await wrongShare(driver)).toBeGreaterThan(0.03);
    expect(await page.innerText('#times')).not.toContain('Dense CRF');
    await page.press('#show-before', 'Space');
    expect(await wrongShare(driver)).toBe(after);
    await page.uncheck('#refine-edges');
    expect(await wrongShare(driver)).toBeGreaterThan(0.03);
    expect(await page.isVisible('#crf-sliders')).toBe(false);
    await page.check('#refine-edges');
    await settled(page);
    expect(await wrongShare(driver)).toBe(after);
    expect((await asked(page)).filter((call) => call === 'segment')).toHaveLength(2);
    await page.context().close();
  });

  it('has presets to return to, by mouse and by keyboard', async () => {
    const driver = await openRefined();
    const { page } = driver;
    const values = () =>
      page
        .locator('#crf-sliders output')
        .evaluateAll((all) => all.map((one) => Number((one as HTMLOutputElement).value)));
    expect(await values()).toEqual([67, 3, 4, 3, 3, 10]);
    await page.selectOption('#crf-preset', 'DeepLab v1');
    expect(await values()).toEqual([50, 10, 5, 3, 3, 10]);
    await page.getByLabel('bilateralRgbStd').focus();
    await page.keyboard.press('ArrowRight');
    expect(await values()).toEqual([50, 11, 5, 3, 3, 10]);
    expect(await page.inputValue('#crf-preset')).toBe('custom');
    await settled(page);
    expect((await lastSettings(page))?.['bilateralRgbStd']).toBe(11);
    await page.keyboard.press('ArrowLeft');
    expect(await page.inputValue('#crf-preset')).toBe('deeplab-v1');
    await page.fill('#crf-iterations', '2');
    await page.dblclick('#crf-iterations');
    expect(await values()).toEqual([50, 10, 5, 3, 3, 10]);
    await page.fill('#crf-gaussianXyStd', '7.5');
    await page.click('#crf-reset');
    expect(await values()).toEqual([50, 10, 5, 3, 3, 10]);
    await page.context().close();
  });

  it('fetches the code of the CRF when it is switched on, and refines the next picture and model too', async () => {
    const driver = await open();
    const { page } = driver;
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    await driver.choosePhoto(join(folder, 'blots.png'));
    await driver.waitForClasses();
    expect(fetched.filter((url) => /lattice|crf/.test(url))).toEqual([]);
    await page.check('#refine-edges');
    await settled(page);
    expect(fetched.filter((url) => /lattice/.test(url))).toHaveLength(1);
    // The page's own worker, and threads beside it.
    expect(page.workers().length).toBeGreaterThan(1);
    await page.setInputFiles('#model-files', bundleFiles());
    await expect.poll(async () => (await asked(page)).filter((call) => call === 'refine').length).toBe(2);
    await settled(page);
    expect(await wrongShare(driver)).toBeLessThan(0.005);
    await page.context().close();
  });

  it('refines large photos at a smaller size, with labels of the photo’s own', async () => {
    const driver = await openRefined();
    const { page } = driver;
    await driver.choosePhoto(join(folder, 'large.png'));
    await expect.poll(() => page.innerText('#crf-note'), { timeout: 30_000 }).toMatch(/refined at 886 × 591 pixels/);
    const mask = decodeMask(await driver.download('#download-mask'));
    expect([mask.width, mask.height]).toEqual([1152, 768]);
    await page.click('#show-before');
    expect(decodeMask(await driver.download('#download-mask')).data).toHaveLength(1152 * 768);
    await page.context().close();
  });

  it('says what to do when its code cannot be fetched, and keeps the labels from before', async () => {
    const driver = await open('cpu');
    const { page } = driver;
    await page.route('**/lattice-*.js', (route) => route.abort());
    await driver.choosePhoto(join(folder, 'blots.png'));
    await driver.waitForClasses();
    await page.check('#refine-edges');
    await page.waitForSelector('#error:not([hidden])');
    expect(await page.innerText('#error')).toMatch(/code of the CRF could not be fetched\s+check the connection/);
    expect(await wrongShare(driver)).toBeGreaterThan(0.03);
    await page.uncheck('#refine-edges');
    await page.context().close();
  });

  it('refines streets that are made up', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=wasm`);
    await page.waitForSelector('text=make up a street');
    await page.check('#refine-edges');
    await page.click('#street');
    await driver.waitForClasses();
    await expect.poll(() => page.innerText('#crf-note'), { timeout: 60_000 }).toMatch(/^[\d.]+% of the labels changed/);
    expect(Number.parseFloat(await page.innerText('#crf-note'))).toBeGreaterThan(0.5);
    await driver.screenshot('refine-street');
    await page.context().close();
  });

  it('rests while labels are painted, and refines what the network learned from them', async () => {
    const driver = await openRefined();
    const { page } = driver;
    const refined = async () => (await asked(page)).filter((call) => call === 'refine').length;
    await page.click('#paint-labels');
    await driver.stroke([0.375, 0.2], [0.375, 0.8]);
    await page.check('#paint-classes li:first-child input[type="radio"]');
    for (const x of [0.125, 0.625, 0.875]) await driver.stroke([x, 0.2], [x, 0.8]);
    const before = await refined();
    await page.fill('#crf-bilateralWeight', '6');
    await page.fill('#steps', '20');
    await page.click('#train');
    await expect.poll(refined, { timeout: 60_000 }).toBe(before + 1);
    expect((await lastSettings(page))?.['bilateralWeight']).toBe(6);
    await expect.poll(() => page.innerText('#crf-note'), { timeout: 60_000 }).toMatch(/labels changed/);
    expect(await page.innerText('#legend')).toMatch(/background[^]*object/);
    expect(await page.isVisible('#error')).toBe(false);
    await page.context().close();
  });

  it('works in a page that is not isolated', async () => {
    const driver = await openPage(browser, `${built.url}?backend=cpu`, { isIsolated: false });
    const { page } = driver;
    await page.setInputFiles('#model-files', bundleFiles());
    await driver.choosePhoto(join(folder, 'blots.png'));
    await driver.waitForClasses();
    await page.check('#refine-edges');
    await settled(page);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
    expect(page.workers()).toHaveLength(1);
    expect(await wrongShare(driver)).toBeLessThan(0.005);
    await page.context().close();
  });

  it('refines frames of a webcam as long as it keeps up, and says so when it does not', async () => {
    const driver = await open('wasm');
    const { page } = driver;
    const refineIn = (ms: number) =>
      page.evaluate((given) => void ((globalThis as unknown as Asked).crfMs = given), ms);
    const refined = async () => (await asked(page)).filter((call) => call === 'refine').length;
    const frames = async () => Number.parseInt((await page.textContent('#frame-rate')) ?? '', 10);
    await refineIn(20);
    await page.check('#refine-edges');
    await page.click('#webcam');
    await driver.waitForClasses();
    await expect.poll(refined, { timeout: 60_000 }).toBeGreaterThan(5);
    expect(await page.innerText('#crf-note')).toMatch(/labels changed/);
    expect(await page.innerText('#times')).toMatch(/Dense CRF\s+20 ms/);
    await refineIn(400);
    await page.fill('#crf-iterations', '3');
    await expect
      .poll(() => page.innerText('#crf-note'), { timeout: 30_000 })
      .toMatch(/Off for the webcam: a frame takes 400 ms/);
    expect((await lastSettings(page))?.['iterations']).toBe(3);
    const [shown, stoppedAt] = [await frames(), await refined()];
    await expect.poll(frames, { timeout: 30_000 }).toBeGreaterThan(shown + 3);
    expect(await refined()).toBe(stoppedAt);
    await driver.screenshot('refine-webcam');
    await page.context().close();
  });

  it('fits a telephone, where the picture stays in view beside the sliders', async () => {
    const driver = await openRefined('cpu', { width: 360 });
    const { page } = driver;
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await driver.screenshot('refine-telephone');
    await page.locator('#crf-iterations').evaluate((slider) => slider.scrollIntoView({ block: 'end' }));
    const box = await page.locator('#overlay').boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(430);
    await page.context().close();
  });
});

const recordAsked = () => {
  const page = globalThis as unknown as Asked;
  page.asked = [];
  globalThis.Worker = class extends Worker {
    constructor(...address: ConstructorParameters<typeof Worker>) {
      super(...address);
      this.addEventListener('message', ({ data }: MessageEvent<{ answer?: { crfMs?: number } }>) => {
        if (page.crfMs !== undefined && data.answer?.crfMs !== undefined) data.answer.crfMs = page.crfMs;
      });
    }
    override postMessage(message: Asked['asked'][number]) {
      if (message.call !== 'abort') page.asked.push(message);
      super.postMessage(message);
    }
  };
};
const asked = (page: Page) => page.evaluate(() => (globalThis as unknown as Asked).asked.map(({ call }) => call));
/** Of the last refinement. */
const lastSettings = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as Asked).asked.findLast(({ call }) => call === 'refine')?.settings);

/** Resolves when the labels on the page are those of the sliders. */
const settled = (page: Page) =>
  page.waitForFunction(() => document.querySelector('#crf-controls')?.ariaBusy === 'false', undefined, {
    timeout: 60_000,
  });

/** Part of the pixels away from borders that have another label than their stripe. */
async function wrongShare(driver: PageDriver): Promise<number> {
  const { data, width } = decodeMask(await driver.download('#download-mask'));
  const judged = [...data.keys()].filter((i) => expectedRow[i % width] !== undefined);
  return judged.filter((i) => data[i] !== expectedRow[i % width]).length / judged.length;
}

/** Drags a slider from its left to its right end. @returns what the page says after each step. */
async function dragAcross({ page }: PageDriver, slider: string, steps: number): Promise<readonly string[]> {
  await page.locator(slider).scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await page.locator(slider).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const to = (part: number) => page.mouse.move(x + 8 + part * (width - 16), y + height / 2);
  const said: string[] = [];
  await to(0);
  await page.mouse.down();
  for (let step = 1; step <= steps; step += 1) {
    await to(step / steps);
    await settled(page);
    said.push(await page.innerText('#crf-note'));
  }
  await page.mouse.up();
  return said;
}
