// @ts-check
// Node 20 does not run TypeScript: Vite loads the sources, file by file, so that backends find their own files beside them.
import { createServer } from 'vite';
import { assemblyScript } from './assemblyscript/index.js';

const conditions = ['@atrous/source'];

/**
 * Runs work with a module of the repository's sources.
 *
 * @param {string} root folder that contains them
 * @param {string} module from `root` on, for example `/src/main.ts`
 * @param {(exports: Record<string, any>) => Promise<void>} use
 */
export async function withSources(root, module, use) {
  const server = await createServer({
    configFile: false,
    root,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true },
    // Node 20 does not know `using`.
    oxc: { target: 'es2022' },
    plugins: [assemblyScript()],
    resolve: { conditions },
    ssr: { resolve: { conditions } },
  });
  try {
    await use(await server.ssrLoadModule(module));
  } finally {
    await server.close();
  }
}
