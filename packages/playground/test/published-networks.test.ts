import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeMask } from '@atrous/data';
import { dataFolder } from '@atrous/testing';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium } from '../../../tools/headless/index.js';
import { serveBuiltPage, type BuiltPage } from './built-page.ts';
import { openPage } from './support/driver.ts';

const data = dataFolder();
const inData = (path: string) => join(data ?? '', path);

interface Published {
  readonly title: string;
  readonly input: '#model-files' | '#model-folder';
  readonly checkpoint: string;
  readonly photo: string;
  /** Labels that the network's own runtime gives the photo. */
  readonly labels: string;
}

const small: Published = {
  title: '.tflite, 257 pixels',
  input: '#model-files',
  checkpoint: 'deeplabv3-mnv2-dm05-voc-257/deeplabv3_257_mv_gpu.tflite',
  photo: 'deeplabv3-mnv2-dm05-voc-257/reference/2008_004654.input257.png',
  labels: 'deeplabv3-mnv2-dm05-voc-257/reference/2008_004654.tflite_argmax257.png',
};
const large: Published = {
  title: 'folder of .npy, 513 pixels',
  input: '#model-folder',
  checkpoint: 'deeplabv3-mnv2-voc-npy/weights',
  photo: 'voc2012/JPEGImages/2007_000129.jpg',
  labels: 'deeplabv3-mnv2-voc-npy/reference/2007_000129.argmax.png',
};

describe.skipIf(headlessUnavailable() ?? !data)('the page, with published networks', { timeout: 600_000 }, () => {
  let built: BuiltPage;
  let browser: Browser;
  beforeAll(async () => {
    built = await serveBuiltPage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await built?.close();
  });

  it.each([
    { backend: 'webgpu', ...small },
    // On WebGPU in software the large one takes minutes; the conformance suite compares its logits.
    ...['webgl', 'wasm'].flatMap((backend) => [
      { backend, ...small },
      { backend, ...large },
    ]),
  ])('labels a photo on $backend as published: $title', async ({ backend, ...published }) => {
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=${backend}&software-webgl`);
    await page.setInputFiles(published.input, inData(published.checkpoint));
    await driver.choosePhoto(inData(published.photo));
    await driver.waitForClasses();
    expect(await page.isChecked(`#backend-${backend}`)).toBe(true);
    const actual = decodeMask(await driver.download('#download-mask'));
    const expected = decodeMask(await readFile(inData(published.labels)));
    expect([actual.width, actual.height]).toEqual([expected.width, expected.height]);
    const equal = expected.data.filter((label, i) => label === actual.data[i]).length / expected.data.length;
    console.info(`${backend}, ${published.title}: ${(100 * equal).toFixed(3)} % of labels equal`);
    console.info((await page.innerText('#times')).replace(/\n/g, ' '));
    await driver.screenshot(`published-${backend}-${expected.width}`);
    expect(equal).toBeGreaterThanOrEqual(0.999);
    await page.context().close();
  });

  it('stops at once, and goes on with another backend', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=webgl&software-webgl`);
    await page.setInputFiles(large.input, inData(large.checkpoint));
    await driver.choosePhoto(inData(large.photo));
    await page.waitForSelector('text=Running the network');
    await page.click('#cancel');
    await page.waitForSelector('text=Stopped.', { timeout: 2000 });
    await page.check('#backend-wasm', { timeout: 60_000 });
    await driver.waitForClasses();
    expect(await page.innerText('#legend')).toMatch(/background[^]*person[^]*bicycle/);
    await page.context().close();
  });
});
