// @ts-check
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';
import { afterAll, beforeAll, expect } from 'vitest';
import { assemblyScript } from '../assemblyscript/index.js';
import { launchChromium, serve } from './index.js';

/**
 * Builds a page for a suite of tests, and opens it as often as is asked for.
 *
 * @param {URL} root the folder of its `index.html`, whose script sets `inPage`
 * @returns {(isIsolated?: boolean, policy?: string) => Promise<import('playwright').Page>} opens it; `isIsolated` says whether with the headers
 *   that let threads share memory, `policy` is a content security policy
 */
export function servePages(root) {
  /** @type {string} */
  let folder;
  /** @type {Awaited<ReturnType<typeof serve>>} */
  let server;
  /** @type {import('playwright').Browser} */
  let browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-page-'));
    await build({
      ...{ root: fileURLToPath(root), configFile: false, logLevel: 'error' },
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
  return async (isIsolated = true, policy = '') => {
    const page = await browser.newPage();
    if (!isIsolated || policy)
      await page.route('**', async (route) => {
        const response = await route.fetch();
        const { 'content-type': type = '', ...others } = response.headers();
        const headers = { 'content-type': type, ...(isIsolated && others), 'content-security-policy': policy };
        await route.fulfill({ response, headers });
      });
    await page.goto(server.url);
    await page.waitForFunction(() => 'inPage' in globalThis);
    expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(isIsolated);
    return page;
  };
}
