import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { build, defaultClientConditions } from 'vite';
import { afterAll, beforeAll, expect } from 'vitest';
import { assemblyScript } from '../../../../tools/assemblyscript/index.js';
import { launchChromium, serve } from '../../../../tools/headless/index.js';
import type { InPage } from './page/main.ts';

declare const inPage: InPage;
const root = fileURLToPath(new URL('page/', import.meta.url));

/**
 * Builds the page for a suite, and opens it as often as is asked for.
 *
 * @returns a function that opens it; `isIsolated` says whether with the headers that let threads share memory, `policy` is a content security
 *   policy.
 */
export function servePages(): (isIsolated?: boolean, policy?: string) => Promise<Page> {
  let folder: string;
  let server: Awaited<ReturnType<typeof serve>>;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'atrous-crf-'));
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
    expect(await page.evaluate(() => inPage.isIsolated())).toBe(isIsolated);
    return page;
  };
}
