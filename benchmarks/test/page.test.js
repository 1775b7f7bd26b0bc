// @ts-check
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { headlessUnavailable, launchChromium, serve } from '../../tools/headless/index.js';

const root = fileURLToPath(new URL('../browser', import.meta.url));
const unavailable = headlessUnavailable();

/** @type {(() => Promise<unknown>)[]} */
const endings = [];
/** @type {import('playwright').Page} */
let page;

beforeAll(async () => {
  if (unavailable) return;
  const folder = await mkdtemp(join(tmpdir(), 'atrous-bench-page-'));
  endings.push(() => rm(folder, { recursive: true }));
  const outDir = join(folder, 'page');
  await build({ root, configFile: join(root, 'vite.config.js'), logLevel: 'error', build: { outDir } });
  const [server, browser] = await Promise.all([serve(outDir), launchChromium()]);
  endings.push(server.close, () => browser.close());
  page = await browser.newPage();
  await page.goto(server.url);
}, 60_000);

afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

it.skipIf(unavailable)(
  'times in the page what is ticked there, and gives it as JSON',
  { timeout: 60_000 },
  async () => {
    const ticked = page.locator('#wish input[type=checkbox]:checked');
    await ticked.evaluateAll((boxes) => boxes.forEach((box) => /** @type {HTMLInputElement} */ (box).click()));
    await page.check('input[value="tail-65-smooth"]');
    await page.check('input[value="Atrous simd, 1 thread"]');
    await page.check('input[value="TensorFlow.js wasm"]');
    await page.fill('#rounds', '1');
    await page.click('#start');
    await expect.poll(() => page.textContent('#status'), { timeout: 45_000 }).toBe('Done.');
    expect(await page.locator('#report svg').count()).toBe(1);

    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    const report = JSON.parse(await readFile(await file.path(), 'utf8'));
    expect(report).toMatchObject({
      where: 'browser',
      rounds: 1,
      machine: { browser: expect.stringContaining('Chrome') },
    });
    expect(report.versions).toHaveProperty('onnxruntime-web');
    const [{ name, results }] = report.problems;
    expect(name).toBe('tail-65-smooth');
    for (const { ms, agreement } of results) expect([ms.length, agreement]).toEqual([1, 1]);
    expect(results.map((/** @type {{ name: string }} */ one) => one.name)).toEqual([
      'Atrous simd, 1 thread',
      'TensorFlow.js wasm',
    ]);
  },
);
