import { defineConfig } from 'vitest/config';

/** Every package tests its sources, not its build. */
export default defineConfig({
  resolve: { conditions: ['@atrous/source'] },
  ssr: { resolve: { conditions: ['@atrous/source'] } },
  test: { include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
