import { defineConfig } from 'vitest/config';
import { assemblyScript } from '../../tools/assemblyscript/index.js';
import { inChromium } from './chromium.config.ts';

const conditions = ['@atrous/source'];

/** Networks of every family on the backends that are slow without a graphics card. Minutes, so `npm test` leaves them out. */
export default defineConfig(async () => ({
  test: {
    projects: [
      {
        plugins: [assemblyScript()],
        resolve: { conditions },
        ssr: { resolve: { conditions } },
        test: { name: 'families in Node', include: ['test/families/node.suite.ts'], sequence: { groupOrder: 1 } },
      },
      await inChromium('families in Chromium', 'test/families/web*.suite.ts', 2),
    ],
  },
}));
