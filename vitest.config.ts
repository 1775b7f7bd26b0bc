import { defineConfig } from 'vitest/config';

const conditions = ['@atrous/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: ['packages/*/vitest.config.ts', 'packages/*/vitest.browser.config.ts'],
  },
});
