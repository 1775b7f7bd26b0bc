import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { assemblyScript } from './assemblyscript/index.js';

/** Every package tests its sources, not its build. */
export default defineConfig({
  plugins: [assemblyScript()],
  resolve: { conditions: ['@atrous/source'] },
  ssr: { resolve: { conditions: ['@atrous/source'] } },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // not the user's own
    env: { XDG_CACHE_HOME: join(tmpdir(), 'atrous-test-cache') },
  },
});
