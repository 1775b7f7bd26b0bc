import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions, headlessUnavailable } from '../../tools/headless/index.js';

const unavailable = headlessUnavailable();
if (unavailable) console.warn(`skipped: ${unavailable}`);

/** Runs `test/*.browser.ts` inside headless Chromium. */
export default defineConfig(async () => ({
  resolve: {
    conditions: ['@atrous/source', ...defaultClientConditions],
    alias: { 'node:zlib': fileURLToPath(new URL('test/browser/zlib.ts', import.meta.url)) },
  },
  server: {
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  test: {
    name: 'conformance (Chromium)',
    include: unavailable ? [] : ['test/browser/**/*.browser.ts'],
    passWithNoTests: true,
    testTimeout: 120_000,
    fileParallelism: false,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({ launchOptions: await chromiumLaunchOptions() }),
      instances: [{ browser: 'chromium' }],
    },
  },
}));
