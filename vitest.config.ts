import { defineConfig } from 'vitest/config';

const conditions = ['@atrous/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // all cores: the default leaves one free, which is half of a small machine
    maxWorkers: '100%',
    projects: ['packages/*/vitest.config.ts', 'packages/*/vitest.browser.config.ts', 'benchmarks/vitest.config.js'],
  },
});
