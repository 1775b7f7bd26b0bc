import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { dataFolder } from '../testing/src/shared-folders.ts';
import { chromiumLaunchOptions, headlessUnavailable } from '../../tools/headless/index.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));
const data = dataFolder();
const unavailable = headlessUnavailable();
if (unavailable) console.warn(`skipped, tests in Chromium: ${unavailable}`);

/** Runs `test/browser/*.browser.ts` inside headless Chromium. */
export default defineConfig(async () => ({
  resolve: {
    conditions: ['@atrous/source', ...defaultClientConditions],
    alias: { 'node:zlib': fileURLToPath(new URL('test/browser/zlib.ts', import.meta.url)) },
  },
  server: {
    fs: { allow: [repository, ...(data ? [data] : [])] },
    headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
  },
  // Found only while tests run, they would make the page of tests load anew.
  optimizeDeps: {
    include: [
      ...['core', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map((part) => `@tensorflow/tfjs-${part}`),
      ...['fflate', 'flatbuffers', 'valibot'],
    ],
  },
  test: {
    name: 'conformance in Chromium',
    include: unavailable ? [] : ['test/browser/**/*.browser.ts'],
    passWithNoTests: true,
    testTimeout: 120_000,
    provide: { dataFolder: data ?? '' },
    // One browser at a time: after every other project, and after the one that opens the playground.
    fileParallelism: false,
    sequence: { groupOrder: 2 },
    ...(unavailable
      ? {}
      : {
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await chromiumLaunchOptions() }),
            instances: [{ browser: 'chromium' as const }],
          },
        }),
  },
}));
