// @ts-check
// The page, driven headless.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build } from 'vite';
import { chromiumLaunchOptions, serve } from '../../tools/headless/index.js';
import { describeMachine } from '../describe.js';

/** @typedef {import('../report/report.js').Report} Report */

const root = fileURLToPath(new URL('.', import.meta.url));

/** What the page has, and what it is given. @typedef {{ bench: import('./main.js').Bench, sayProgress: import('../run-steps.js').Progress, sayReport: (report: Report) => void }} InPage */

/** Signals are for the signal that comes with the options: on its own it would end this process before the folder is gone. */
const OWN_SIGNALS = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };

/**
 * Times problems in headless Chromium, each contender in a worker of its own.
 *
 * @param {import('../plan.js').Wish} wish
 * @param {import('../process/run.js').RunOptions} options
 */
export async function runInChromium(wish, { onProgress, onReport, signal, ...options }) {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'atrous-bench-'));
  /** @type {(() => Promise<void>)[]} */
  const endings = [() => rm(folder, { recursive: true, force: true })];
  try {
    const outDir = join(folder, 'page');
    await build({ root, configFile: join(root, 'vite.config.js'), logLevel: 'error', build: { outDir } });
    signal.throwIfAborted();
    const server = await serve(outDir);
    endings.push(server.close);
    const browser = await chromium.launch({ ...(await chromiumLaunchOptions()), ...OWN_SIGNALS });
    endings.push(() => browser.close());
    signal.addEventListener('abort', () => void browser.close());
    signal.throwIfAborted();
    const page = await browser.newPage();
    await page.exposeFunction('sayProgress', onProgress);
    await page.exposeFunction('sayReport', (/** @type {Report} */ report) =>
      onReport({ ...report, machine: { ...report.machine, ...machine } }),
    );
    await page.goto(server.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    await page.evaluate(([wish, options]) => {
      const { bench, sayProgress, sayReport } = /** @type {InPage} */ (/** @type {unknown} */ (globalThis));
      return bench.runInPage(wish, { ...options, onProgress: sayProgress, onReport: sayReport });
    }, /** @type {const} */ ([wish, options]));
  } finally {
    await Promise.allSettled(endings.map((end) => end()));
  }
}
