import { defineConfig } from 'vitest/config';

/** One browser at a time: after every other project, and after those that open one. */
export default defineConfig({
  resolve: { conditions: ['@atrous/source'] },
  ssr: { resolve: { conditions: ['@atrous/source'] } },
  test: {
    name: 'runtime-onnx in Chromium',
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    sequence: { groupOrder: 7 },
  },
});
