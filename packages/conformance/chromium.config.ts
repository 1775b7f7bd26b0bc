import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defaultClientConditions } from 'vite';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { dataFolder, goldensFolder } from '../testing/src/shared-folders.ts';
import { assemblyScript } from '../../tools/assemblyscript/index.js';
import { chromiumLaunchOptions, headlessUnavailable } from '../../tools/headless/index.js';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A project of tests that run inside headless Chromium; one without tests where there is no Chromium. */
export async function inChromium(
  name: string,
  include: string,
  groupOrder: number,
): Promise<TestProjectInlineConfiguration> {
  const data = dataFolder();
  const goldens = goldensFolder();
  const unavailable = headlessUnavailable();
  if (unavailable) console.warn(`skipped, ${name}: ${unavailable}`);
  return {
    plugins: [assemblyScript()],
    resolve: {
      conditions: ['@atrous/source', ...defaultClientConditions],
      alias: { 'node:zlib': fileURLToPath(new URL('test/browser/zlib.ts', import.meta.url)) },
    },
    server: {
      fs: { allow: [repository, data, goldens].filter((folder) => folder !== undefined) },
      headers: { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' },
    },
    // Found only while tests run, they would make the page of tests load anew.
    optimizeDeps: {
      include: [
        ...['core', 'core/dist/register_all_gradients.js', 'backend-wasm', 'backend-webgl', 'backend-webgpu'].map(
          (part) => `@tensorflow/tfjs-${part}`,
        ),
        ...['fflate', 'flatbuffers', 'valibot'],
      ],
    },
    test: {
      name,
      include: unavailable ? [] : [include],
      passWithNoTests: true,
      testTimeout: 120_000,
      provide: { dataFolder: data ?? '', goldensFolder: goldens ?? '' },
      fileParallelism: false,
      sequence: { groupOrder },
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
  };
}
