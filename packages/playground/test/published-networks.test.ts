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

type Place = readonly [x: number, y: number];

/** Strokes over the photo of a woman on a bicycle between rape fields. */
const painted: readonly { readonly name: string; readonly strokes: readonly (readonly [Place, Place])[] }[] = [
  {
    name: 'far away',
    strokes: [
      [
        [0.05, 0.05],
        [0.2, 0.18],
      ],
      [
        [0.6, 0.05],
        [0.95, 0.18],
      ],
    ],
  },
  {
    name: 'rider',
    strokes: [
      [
        [0.33, 0.26],
        [0.33, 0.44],
      ],
      [
        [0.36, 0.62],
        [0.39, 0.8],
      ],
    ],
  },
  {
    name: 'flowers',
    strokes: [
      [
        [0.65, 0.44],
        [0.9, 0.44],
      ],
    ],
  },
  {
    name: 'grass',
    strokes: [
      [
        [0.6, 0.62],
        [0.85, 0.8],
      ],
      [
        [0.03, 0.72],
        [0.12, 0.9],
      ],
    ],
  },
  {
    name: 'path',
    strokes: [
      [
        [0.2, 0.55],
        [0.25, 0.9],
      ],
      [
        [0.5, 0.85],
        [0.55, 0.97],
      ],
    ],
  },
];

/** Places that no stroke touches, and the ids of the classes that they show. */
const unpainted: readonly (readonly [Place, number])[] = [
  [[0.42, 0.05], 0],
  [[0.95, 0.39], 2],
  [[0.9, 0.6], 3],
  [[0.32, 0.94], 4],
];

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
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=${backend}&software`);
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

  it('draws labels to the edges of a photo while a slider moves', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=wasm`);
    await page.setInputFiles(large.input, inData(large.checkpoint));
    await driver.choosePhoto(inData(large.photo));
    await driver.waitForClasses();
    await page.check('#refine-edges');
    await page.selectOption('#crf-preset', 'DeepLab v1');
    await page.waitForFunction(() => document.querySelector('#crf-controls')?.ariaBusy === 'false');
    const network = await page.innerText('#times dd:nth-of-type(3)');
    const seen = new Set<string>();
    for (const weight of ['2', '5', '10']) {
      await page.fill('#crf-bilateralWeight', weight);
      await page.waitForFunction(() => document.querySelector('#crf-controls')?.ariaBusy === 'false');
      seen.add(await page.innerText('#crf-note'));
      console.info(`bilateralWeight ${weight}: ${(await page.innerText('#times')).replace(/\n/g, ' ')}`);
    }
    expect(seen.size).toBe(3);
    await driver.screenshot('refine-photo');
    expect(await page.innerText('#legend')).toMatch(/background[^]*person[^]*bicycle/);
    const shares = () => page.locator('#legend .share').allInnerTexts();
    const after = await shares();
    await page.click('#show-before');
    expect(await shares()).not.toEqual(after);
    expect(await page.innerText('#times dd:nth-of-type(3)')).toBe(network);
    await page.context().close();
  });

  it('learns from strokes what Google never taught it', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=wasm`);
    await page.setInputFiles(small.input, inData(small.checkpoint));
    await driver.choosePhoto(inData(small.photo));
    await driver.waitForClasses();
    await page.click('#paint-labels');
    await page.fill('#brush-size', '30');
    for (const [i, { name, strokes }] of painted.entries()) {
      if (i > 1) await page.click('#add-class');
      await page.check(`#paint-classes li:nth-child(${i + 1}) input[type="radio"]`);
      await page.fill(`#paint-classes li:nth-child(${i + 1}) input[type="text"]`, name);
      for (const [from, to] of strokes) await driver.stroke(from, to);
    }
    await driver.screenshot('teach-photo-painted');
    const start = performance.now();
    await page.click('#train');
    await page.waitForSelector('text=of painted pixels right', { timeout: 300_000 });
    await driver.screenshot('teach-photo-training');
    await driver.waitForClasses();
    console.info(`60 steps, wasm: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    console.info(await page.innerText('#training'));
    await driver.screenshot('teach-photo-trained');
    expect(Number.parseFloat(await page.innerText('#training-accuracy'))).toBeGreaterThan(97);
    const mask = decodeMask(await driver.download('#download-mask'));
    const found = unpainted.map(([[x, y]]) => mask.data[Math.floor(y * 257) * 257 + Math.floor(x * 257)]);
    expect(found).toEqual(unpainted.map(([, id]) => id));
    await page.context().close();
  });

  it('stops at once, and goes on with another backend', async () => {
    const { page, ...driver } = await openPage(browser, `${built.url}?backend=webgl&software`);
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
